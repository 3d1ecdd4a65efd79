package dev.bistro.http1;

import dev.bistro.http.Tokens;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Cuts {@code Forwarded} into its elements. Knows the grammar, and no other rules.
 *
 * <pre>
 * Forwarded         = 1#forwarded-element                            RFC 7239, section 4
 * forwarded-element = [ forwarded-pair ] *( ";" [ forwarded-pair ] )
 * forwarded-pair    = token "=" ( token / quoted-string )
 * </pre>
 *
 * <p>A field is read from its beginning, since only so it is known what is in quotes: a client could open a quote that
 * swallows what the proxy has added. It leaves the quote open or the proxy's own text behind it then, and is malformed.
 * The one leniency: white space around a semicolon, which many proxies write.
 */
final class ForwardedElements {
    private final String text;
    private int at;

    private ForwardedElements(String text) {
        this.text = text;
    }

    /** The parameters of each element of a field, by names in lower case. Empty elements are left out. */
    static List<Map<String, String>> parse(String field) throws Rejection {
        return new ForwardedElements(field).elements();
    }

    private List<Map<String, String>> elements() throws Rejection {
        var elements = new ArrayList<Map<String, String>>();
        do {
            skipSpace();
            if (!isEnd() && text.charAt(at) != ',') {
                elements.add(element());
            }
        } while (skip(','));
        require(isEnd());
        return elements;
    }

    private Map<String, String> element() throws Rejection {
        var parameters = new HashMap<String, String>();
        do {
            skipSpace();
            if (!isEnd() && text.charAt(at) != ',' && text.charAt(at) != ';') {
                String name = token().toLowerCase(Locale.ROOT);
                require(skip('='));
                require(parameters.put(name, !isEnd() && text.charAt(at) == '"' ? quoted() : token()) == null);
            }
            skipSpace();
        } while (skip(';'));
        return parameters;
    }

    private String token() throws Rejection {
        int start = at;
        while (!isEnd() && Tokens.isTokenChar(text.charAt(at))) {
            at++;
        }
        require(at > start);
        return text.substring(start, at);
    }

    /** The text within quotes; a backslash stands before a character that is meant itself (RFC 9110, section 5.6.4). */
    private String quoted() throws Rejection {
        var value = new StringBuilder();
        at++;
        while (!isEnd() && text.charAt(at) != '"') {
            at += text.charAt(at) == '\\' ? 1 : 0;
            require(!isEnd());
            value.append(text.charAt(at++));
        }
        require(skip('"'));
        return value.toString();
    }

    private void skipSpace() {
        while (!isEnd() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
            at++;
        }
    }

    private boolean skip(char c) {
        boolean isThere = !isEnd() && text.charAt(at) == c;
        at += isThere ? 1 : 0;
        return isThere;
    }

    private boolean isEnd() {
        return at == text.length();
    }

    private static void require(boolean condition) throws Rejection {
        if (!condition) {
            throw Rejection.badRequest("The Forwarded header field isn't valid.");
        }
    }
}
