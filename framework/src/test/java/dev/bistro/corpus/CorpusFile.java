package dev.bistro.corpus;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Bytes of one case, from a file of {@code src/test/resources/http1}:
 *
 * <pre>
 * # 200 RFC 9112, section 6.3: a body of a length          the status, and the rule
 * # reads POST /p | a | hello                              a request for the application: target, authority, body
 * POST /p HTTP/1.1                                         the bytes: each line end is CRLF ...
 * Host: a
 * Content-Length: 5
 *
 * hello\                                                   ... but for one behind a backslash, which is none
 * </pre>
 *
 * <p>Other bytes are written as {@link Escapes}.
 *
 * @param status the last response's
 * @param reads the requests that reach the application, as {@link Received#toString} has them
 * @param bytes a char for each
 */
record CorpusFile(String name, int status, List<String> reads, String bytes) {
    private static final String READS = "# reads ";

    /** All files of a folder. */
    static List<CorpusFile> in(String folder) {
        try (Stream<Path> files = Files.list(
                Path.of(CorpusFile.class.getResource("/http1/" + folder).toURI()))) {
            return files.sorted().map(CorpusFile::read).toList();
        } catch (IOException | URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static CorpusFile read(Path file) {
        try {
            return parse(
                    file.getFileName().toString(),
                    Files.readString(file, StandardCharsets.ISO_8859_1).lines().toList());
        } catch (IOException | RuntimeException e) {
            throw new IllegalStateException("Can't read " + file, e);
        }
    }

    private static CorpusFile parse(String name, List<String> lines) {
        int status = Integer.parseInt(lines.get(0).split(" ")[1]);
        var reads = new ArrayList<String>();
        int line = 1;
        while (lines.get(line).startsWith(READS)) {
            reads.add(lines.get(line++).substring(READS.length()));
        }
        var bytes = new StringBuilder();
        for (String text : lines.subList(line, lines.size())) {
            boolean joined = endsInLoneBackslash(text);
            bytes.append(Escapes.unescape(joined ? text.substring(0, text.length() - 1) : text));
            bytes.append(joined ? "" : "\r\n");
        }
        return new CorpusFile(name, status, List.copyOf(reads), bytes.toString());
    }

    private static boolean endsInLoneBackslash(String text) {
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == '\\') {
            end--;
        }
        return (text.length() - end) % 2 != 0;
    }

    @Override
    public String toString() {
        return name;
    }
}
