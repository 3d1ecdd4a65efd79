package dev.bistro.body;

import dev.bistro.http.MediaType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** A file of a form: in memory, on the disk until the request is answered, or where the application moved it. */
final class ReceivedFile implements FileUpload {
    private final String fieldName;
    private final Optional<String> fileName;
    private final Optional<MediaType> mediaType;
    private final long size;
    private byte[] bytes;
    private Path path;
    private boolean isMoved;

    ReceivedFile(PartHead head, UploadBuffer content) {
        this.fieldName = head.name();
        this.fileName = head.fileName().flatMap(FileNames::sanitise);
        this.mediaType = head.mediaType();
        this.size = content.size();
        this.path = content.file().orElse(null);
        this.bytes = path == null ? content.bytes() : null;
    }

    @Override
    public String fieldName() {
        return fieldName;
    }

    @Override
    public Optional<String> fileName() {
        return fileName;
    }

    @Override
    public Optional<MediaType> mediaType() {
        return mediaType;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public InputStream openStream() throws IOException {
        requireExists();
        return bytes != null ? new ByteArrayInputStream(bytes) : Files.newInputStream(path);
    }

    @Override
    public void moveTo(Path target) throws IOException {
        requireExists();
        if (bytes != null) {
            create(target);
        } else {
            Files.move(path, target);
        }
        bytes = null;
        path = target;
        isMoved = true;
    }

    /**
     * Writes a temporary file beside the target first, for the same permissions as a file that was on the disk already.
     */
    private void create(Path target) throws IOException {
        Path beside = Files.createTempFile(target.toAbsolutePath().getParent(), "bistro-upload-", ".part");
        try {
            Files.write(beside, bytes);
            Files.move(beside, target);
        } finally {
            Files.deleteIfExists(beside);
        }
    }

    private void requireExists() throws IOException {
        if (bytes == null && path == null) {
            throw new NoSuchFileException("the upload of field \"" + fieldName + "\": its request was answered");
        }
    }

    /** Deletes the file, unless it was moved. */
    void release() throws IOException {
        if (!isMoved) {
            Path file = path;
            bytes = null;
            path = null;
            if (file != null) {
                Files.deleteIfExists(file);
            }
        }
    }

    /** Shows nothing that the client claims, since it can be anything. */
    @Override
    public String toString() {
        return "upload of " + size + " bytes";
    }
}
