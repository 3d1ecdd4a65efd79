package dev.bistro;

import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/** Reads permissions of a file as {@code ls} and {@code chmod} have them: {@code rw-rw----} or {@code 660}. */
final class FilePermissions {
    private static final String[] BITS = {"---", "--x", "-w-", "-wx", "r--", "r-x", "rw-", "rwx"};

    private FilePermissions() {}

    /** What is wrong with a text, to follow it in a sentence; empty if it is right. */
    static Optional<String> fault(String text) {
        try {
            parse(text);
            return Optional.empty();
        } catch (IllegalArgumentException neither) {
            return Optional.of("has to look like rw-rw---- or 660");
        }
    }

    /**
     * The permissions.
     *
     * @throws IllegalArgumentException if the text is neither
     */
    static Set<PosixFilePermission> parse(String text) {
        if (!text.matches("0?[0-7]{3}")) {
            return PosixFilePermissions.fromString(text);
        }
        var letters = new StringBuilder();
        text.substring(text.length() - 3).chars().forEach(digit -> letters.append(BITS[digit - '0']));
        return PosixFilePermissions.fromString(letters.toString());
    }
}
