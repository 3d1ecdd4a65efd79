package dev.bistro.body;

import java.nio.file.Path;

/**
 * How much a client may send as a form; 413 above it.
 *
 * @param maxParts how many fields and files
 * @param maxNameLength how many characters a field's name may have
 * @param maxHeadBytes size of the header fields of one part
 * @param maxTextBytes size of all texts together, which are held in memory
 * @param maxFileBytes size of one file
 * @param maxFormBytes size of a whole {@code multipart/form-data} body
 * @param memoryBytes how many bytes of one form's files are held in memory; the rest is written to the disk
 * @param directory where files are written until the request is answered
 */
public record FormLimits(
        int maxParts,
        int maxNameLength,
        int maxHeadBytes,
        int maxTextBytes,
        long maxFileBytes,
        long maxFormBytes,
        int memoryBytes,
        Path directory) {
    /** A thousand parts, 2 MiB of texts, 100 MiB of files, and the system's directory for temporary files. */
    public static final FormLimits DEFAULTS = new FormLimits(
            1_000,
            256,
            8 * 1024,
            2 * 1024 * 1024,
            100L * 1024 * 1024,
            100L * 1024 * 1024,
            64 * 1024,
            Path.of(System.getProperty("java.io.tmpdir")));
}
