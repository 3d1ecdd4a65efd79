package dev.bistro.config;

import dev.bistro.startup.Problem;
import dev.bistro.startup.Problems;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file of settings, as {@link Properties} reads it, but in UTF-8. That drops backslashes in silence, or turns
 * {@code \t} into a tab; where this can't be what was meant, it is a problem.
 *
 * @param source where it is, for messages
 */
record SettingsFile(String source, String text) {
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    /** A single backslash that escapes a placeholder. It is doubled, so that it isn't dropped. */
    private static final Pattern ESCAPED_PLACEHOLDER = Pattern.compile("(?<!\\\\)(?:\\\\\\\\)*\\\\(?=\\$\\{)");

    /** Begins with a drive letter, a colon and a single backslash. */
    private static final Pattern WINDOWS_PATH = Pattern.compile("[A-Za-z]\\\\?:\\\\(?!\\\\)");

    /** The characters that may follow a backslash: the escapes of properties, and quotes. */
    private static final String ESCAPED = "\\tnrfu:=#! \"'";

    /** A line with its continuation lines, each without its indent. */
    private record Line(int number, String text) {}

    /**
     * Reads the whole file.
     *
     * @throws IOException if it isn't UTF-8, or can't be read
     */
    static SettingsFile read(InputStream in, String source) throws IOException {
        String text = utf8(in.readAllBytes());
        return new SettingsFile(source, text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text);
    }

    private static String utf8(byte[] bytes) throws IOException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new IOException("it is not in UTF-8", e);
        }
    }

    /**
     * The settings by key.
     *
     * @throws IllegalArgumentException if a Unicode escape isn't complete
     */
    Map<String, Setting> settings(Problems problems) throws IOException {
        var properties = new Properties();
        properties.load(new StringReader(ESCAPED_PLACEHOLDER.matcher(text).replaceAll("$0\\\\")));
        var settings = new HashMap<String, Setting>();
        properties
                .stringPropertyNames()
                .forEach(key -> settings.put(key, new Setting(key, properties.getProperty(key), source)));
        lines().forEach(line -> check(line, problems));
        return settings;
    }

    private List<Line> lines() {
        var lines = new ArrayList<Line>();
        String[] written = text.split("\r\n|\r|\n", -1);
        for (int i = 0; i < written.length; i++) {
            int number = i + 1;
            String line = withoutIndent(written[i]);
            if (line.startsWith("#") || line.startsWith("!")) {
                continue;
            }
            while (continues(line) && i + 1 < written.length) {
                line = line.substring(0, line.length() - 1) + withoutIndent(written[++i]);
            }
            lines.add(new Line(number, line));
        }
        return lines;
    }

    private static String withoutIndent(String line) {
        return line.replaceFirst("^[ \t\f]+", "");
    }

    private static boolean continues(String line) {
        int end = line.length();
        while (end > 0 && line.charAt(end - 1) == '\\') {
            end--;
        }
        return (line.length() - end) % 2 == 1;
    }

    private static final Pattern SETTING =
            Pattern.compile("((?:[^\\\\=: \t\f]|\\\\.)+)[ \t\f]*[=: \t\f]?[ \t\f]*(.*)", Pattern.DOTALL);

    private void check(Line line, Problems problems) {
        Matcher setting = SETTING.matcher(line.text);
        if (!setting.matches()) {
            return;
        }
        String value = setting.group(2);
        int lost = WINDOWS_PATH.matcher(value).lookingAt() ? value.indexOf('\\', 2) : lostBackslash(value);
        if (lost >= 0 && lost + 1 < value.length()) {
            problems.add(Problem.of(
                            "lost-backslash",
                            "The setting \"" + setting.group(1) + "\" has a single backslash before \""
                                    + value.charAt(lost + 1) + "\", which is lost when the file is read.")
                    .cure("It is in line " + line.number + " of " + source + ".")
                    .cure("Write each backslash twice; in a path, a slash does as well: C:/tmp/new."));
        }
    }

    private static int lostBackslash(String value) {
        for (int i = 0; i < value.length() - 1; i++) {
            if (value.charAt(i) == '\\') {
                if (ESCAPED.indexOf(value.charAt(i + 1)) < 0 && !value.startsWith("${", i + 1)) {
                    return i;
                }
                i++;
            }
        }
        return -1;
    }
}
