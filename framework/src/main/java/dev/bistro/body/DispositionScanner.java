package dev.bistro.body;

import dev.bistro.http.HttpException;
import dev.bistro.http.PercentCoding;
import dev.bistro.http.Tokens;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Reads the {@code Content-Disposition} of a form's part as browsers write it: within quotes a backslash is a
 * backslash, as in {@code C:\photo.jpg}; a quote, CR or LF is {@code %22}, {@code %0D} or {@code %0A}. Older programs
 * write a quote as {@code \"}, which is read, too.
 *
 * <pre>
 * disposition = "form-data" *( OWS ";" OWS parameter )
 * parameter   = token "=" ( token / DQUOTE *( "\" DQUOTE / any but DQUOTE ) DQUOTE )
 * </pre>
 *
 * @see <a href="https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#multipart-form-data">HTML,
 *     multipart form data</a>
 */
final class DispositionScanner {
    private static final String TYPE = "form-data";
    private static final String UTF_8 = "utf-8''";

    private final String text;
    private int at;

    DispositionScanner(String text) {
        this.text = text;
    }

    /** The parameters, by their names in lower case. */
    Map<String, String> read() {
        if (!text.regionMatches(true, 0, TYPE, 0, TYPE.length())) {
            throw PartHead.malformed("a part that isn't form-data");
        }
        at = TYPE.length();
        var parameters = new HashMap<String, String>();
        for (skipSpace(); at < text.length(); skipSpace()) {
            expect(';');
            skipSpace();
            String name = token().toLowerCase(Locale.ROOT);
            expect('=');
            String value = peek() == '"' ? quoted() : token();
            if (parameters.put(name, value) != null) {
                throw PartHead.malformed("a Content-Disposition with a parameter twice");
            }
        }
        return parameters;
    }

    private char peek() {
        return at < text.length() ? text.charAt(at) : '\0';
    }

    private void skipSpace() {
        while (peek() == ' ' || peek() == '\t') {
            at++;
        }
    }

    private void expect(char expected) {
        if (peek() != expected) {
            throw PartHead.malformed("a Content-Disposition that can't be read");
        }
        at++;
    }

    private String token() {
        int start = at;
        while (Tokens.isTokenChar(peek())) {
            at++;
        }
        if (at == start) {
            throw PartHead.malformed("a Content-Disposition that can't be read");
        }
        return text.substring(start, at);
    }

    private String quoted() {
        expect('"');
        var value = new StringBuilder();
        while (peek() != '"') {
            if (at == text.length()) {
                throw PartHead.malformed("a Content-Disposition with a quote that doesn't end");
            }
            if (isEscapedQuote()) {
                at++;
            }
            value.append(text.charAt(at++));
        }
        at++;
        return unescape(value.toString());
    }

    /**
     * Whether a backslash and a quote follow. If that quote ends the text, the value ends with the backslash instead.
     */
    private boolean isEscapedQuote() {
        return peek() == '\\' && at + 2 < text.length() && text.charAt(at + 1) == '"';
    }

    /** Undoes what browsers escape, and nothing else: they leave {@code %} as it is. */
    private static String unescape(String value) {
        return value.replace("%22", "\"").replace("%0D", "\r").replace("%0A", "\n");
    }

    /**
     * Decodes {@code filename*}, which some send in forms though they shouldn't: {@code UTF-8''na%C3%AFve.txt} (RFC
     * 8187).
     */
    static String decodeExtended(String value) {
        if (!value.regionMatches(true, 0, UTF_8, 0, UTF_8.length())) {
            throw PartHead.malformed("a filename* that isn't UTF-8''");
        }
        try {
            return PercentCoding.decode(value, UTF_8.length(), value.length());
        } catch (HttpException notEncoded) {
            throw PartHead.malformed("a filename* that can't be decoded");
        }
    }
}
