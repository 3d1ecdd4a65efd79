package dev.bistro.binding;

/**
 * Shows a client's text in an error message: in quotes, cut, and without characters that change how the rest is
 * displayed.
 */
final class ShownText {
    private static final int MAX_LENGTH = 40;

    private ShownText() {}

    /** {@code quote("abc")} is {@code "abc"} with its quotes; of a text that is too long, the beginning and "…". */
    static String quote(String text) {
        var shown = new StringBuilder("\"");
        int end = Math.min(text.length(), MAX_LENGTH);
        for (int at = 0; at < end; ) {
            int c = text.codePointAt(at);
            shown.appendCodePoint(isHarmless(c) ? c : '\uFFFD');
            at += Character.charCount(c);
        }
        return shown.append(text.length() > MAX_LENGTH ? "…\"" : "\"").toString();
    }

    private static boolean isHarmless(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
