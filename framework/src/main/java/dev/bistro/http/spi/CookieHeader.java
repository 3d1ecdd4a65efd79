package dev.bistro.http.spi;

import dev.bistro.http.Cookies;
import dev.bistro.http.Tokens;
import java.util.ArrayList;
import java.util.List;

/**
 * The cookies of a {@code Cookie} header: {@code a=1; b="2"}. Others may have set cookies for this site too, so pairs
 * without a valid name are ignored, and values are taken as they are, without the quotes around them.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6265#section-4.2">RFC 6265, section 4.2</a>
 */
public final class CookieHeader implements Cookies {
    private final List<String> namesAndValues = new ArrayList<>();

    public CookieHeader(List<String> fieldValues) {
        for (String field : fieldValues) {
            for (String pair : field.split(";")) {
                add(pair.strip());
            }
        }
    }

    private void add(String pair) {
        int equals = pair.indexOf('=');
        if (equals > 0 && Tokens.isToken(pair.substring(0, equals))) {
            namesAndValues.add(pair.substring(0, equals));
            namesAndValues.add(unquote(pair.substring(equals + 1)));
        }
    }

    private static String unquote(String value) {
        boolean quoted = value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"");
        return quoted ? value.substring(1, value.length() - 1) : value;
    }

    @Override
    public List<String> all(String name) {
        var values = new ArrayList<String>(1);
        for (int i = 0; i < namesAndValues.size(); i += 2) {
            if (namesAndValues.get(i).equals(name)) {
                values.add(namesAndValues.get(i + 1));
            }
        }
        return values;
    }
}
