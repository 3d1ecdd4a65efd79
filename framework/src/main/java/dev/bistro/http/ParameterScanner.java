package dev.bistro.http;

import java.util.Locale;

/**
 * Reads {@code ;name=value;name="quoted \" value"} from a header value.
 *
 * <pre>
 * parameters = *( OWS ";" OWS [ parameter ] )      parameter = token "=" ( token / quoted-string )
 * </pre>
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-5.6.6">RFC 9110, section 5.6.6</a>
 */
final class ParameterScanner {
    private final String text;
    private int at;
    private String name = "";
    private String value = "";

    ParameterScanner(String text, int from) {
        this.text = text;
        this.at = from;
    }

    /** Goes to the next parameter, if there is one. */
    boolean next() {
        while (at < text.length() && (isSpace(text.charAt(at)) || text.charAt(at) == ';')) {
            at++;
        }
        if (at == text.length()) {
            return false;
        }
        name = token().toLowerCase(Locale.ROOT);
        if (at == text.length() || text.charAt(at++) != '=') {
            throw fault("a parameter without '='");
        }
        value = at < text.length() && text.charAt(at) == '"' ? quoted() : token();
        skipToSeparator();
        return true;
    }

    String name() {
        return name;
    }

    String value() {
        return value;
    }

    private String token() {
        int start = at;
        while (at < text.length() && Tokens.isTokenChar(text.charAt(at))) {
            at++;
        }
        if (at == start) {
            throw fault("a token expected at index " + at);
        }
        return text.substring(start, at);
    }

    private String quoted() {
        var unquoted = new StringBuilder();
        for (at++; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '"') {
                at++;
                return unquoted.toString();
            }
            if (c == '\\' && at + 1 < text.length()) {
                c = text.charAt(++at);
            }
            unquoted.append(c);
        }
        throw fault("a quoted string without its end");
    }

    private void skipToSeparator() {
        while (at < text.length() && isSpace(text.charAt(at))) {
            at++;
        }
        if (at < text.length() && text.charAt(at) != ';') {
            throw fault("';' expected at index " + at);
        }
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\t';
    }

    private IllegalArgumentException fault(String what) {
        return new IllegalArgumentException("Not valid parameters: " + Tokens.quote(text) + " (" + what + ")");
    }
}
