package dev.bistro.sample.files;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;

/** Reads what is shown as text. */
final class TextFile {
    /** How many bytes may be shown; a longer file is left to be opened by itself. */
    static final int MAX_BYTES = 256 * 1024;

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private TextFile() {}

    /**
     * The text of a file; empty if it is too long, or can't be read (any more). Bytes that aren't UTF-8 are read as
     * {@code U+FFFD}. Others may write the file at the same time: the length is that of what was read.
     *
     * @param file a path with its links resolved: a link that has come into its place since isn't followed
     */
    static Optional<String> read(Path file) {
        try (var input = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            byte[] bytes = input.readNBytes(MAX_BYTES + 1);
            return bytes.length > MAX_BYTES ? Optional.empty() : Optional.of(decode(bytes));
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    private static String decode(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        return text.startsWith(BYTE_ORDER_MARK) ? text.substring(BYTE_ORDER_MARK.length()) : text;
    }
}
