package dev.bistro.result;

/** Text for a place in an HTML page: what would be markup there is escaped. */
final class HtmlText {
    private HtmlText() {}

    /** Escapes a text for the content of an element or a quoted attribute: {@code escape("a<b")} is {@code "a&lt;b"}. */
    static String escape(String text) {
        var escaped = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                default -> escaped.append(c);
            }
        }
        return escaped.toString();
    }
}
