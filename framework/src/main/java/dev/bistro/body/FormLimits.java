package dev.bistro.body;

import java.nio.file.Path;

/**
 * How much a client may send as a form; 413 above it.
 *
 * @param maxParts how many fields and files
 * @param maxNameLength how many characters a field's name may have
 * @param maxHeadBytes the header fields of one part
 * @param maxTextBytes all texts together, which are held in memory
 * @param maxFileBytes one file
 * @param maxFormBytes the whole of a {@code multipart/form-data} body
 * @param memoryBytes how much of the files of one form is held in memory; what is more goes to the disk
 * @param directory where files go meanwhile
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
