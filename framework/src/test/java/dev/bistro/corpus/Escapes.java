package dev.bistro.corpus;

/**
 * Bytes as readable text, a char for each byte: {@code \r}, {@code \n}, {@code \t}, {@code \\}, {@code \x00} for a byte
 * by its number, and {@code \{300*a}} for a text 300 times.
 */
final class Escapes {
    private final String text;
    private int at;

    private Escapes(String text) {
        this.text = text;
    }

    static String unescape(String text) {
        return new Escapes(text).read(false);
    }

    private String read(boolean nested) {
        var bytes = new StringBuilder();
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (nested && c == '}') {
                return bytes.toString();
            }
            bytes.append(c == '\\' ? escaped() : String.valueOf(c));
        }
        if (nested) {
            throw new IllegalArgumentException("A \\{ without its } in " + text);
        }
        return bytes.toString();
    }

    private String escaped() {
        char c = text.charAt(at++);
        return switch (c) {
            case 'r' -> "\r";
            case 'n' -> "\n";
            case 't' -> "\t";
            case '\\' -> "\\";
            case 'x' -> String.valueOf((char) Integer.parseInt(text.substring(at, at += 2), 16));
            case '{' -> repeated();
            default -> throw new IllegalArgumentException("No such escape: \\" + c + " in " + text);
        };
    }

    private String repeated() {
        int star = text.indexOf('*', at);
        int times = Integer.parseInt(text.substring(at, star));
        at = star + 1;
        return read(true).repeat(times);
    }

    static String escape(String bytes) {
        var text = new StringBuilder();
        for (char c : bytes.toCharArray()) {
            switch (c) {
                case '\r' -> text.append("\\r");
                case '\n' -> text.append("\\n");
                case '\t' -> text.append("\\t");
                case '\\' -> text.append("\\\\");
                default -> text.append(c < ' ' || c > '~' ? String.format("\\x%02x", (int) c) : String.valueOf(c));
            }
        }
        return text.toString();
    }
}
