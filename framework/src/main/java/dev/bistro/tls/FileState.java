package dev.bistro.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Optional;

/**
 * What tells that a file was changed. Kubernetes exchanges the symbolic link of a whole folder, so that neither the
 * file's link nor its time need change; another file may be put in place of one, with the same size and time.
 *
 * @param real the file, with all symbolic links followed; empty if there is none, or none that may be seen
 * @param size in bytes
 * @param time when it was changed
 * @param identity the file system's own number for it, where it has one
 */
record FileState(Optional<Path> real, long size, FileTime time, Optional<Object> identity) {
    private static final FileState ABSENT =
            new FileState(Optional.empty(), 0, FileTime.fromMillis(0), Optional.empty());

    static FileState of(Path file) {
        try {
            Path real = file.toRealPath();
            var attributes = Files.readAttributes(real, BasicFileAttributes.class);
            return new FileState(
                    Optional.of(real),
                    attributes.size(),
                    attributes.lastModifiedTime(),
                    Optional.ofNullable(attributes.fileKey()));
        } catch (IOException e) {
            return ABSENT; // who reads it tells why
        }
    }
}
