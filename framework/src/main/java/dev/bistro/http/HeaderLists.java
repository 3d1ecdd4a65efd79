package dev.bistro.http;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Reads list-valued header fields: {@code a, b;q=0.5, "c, d"}. */
final class HeaderLists {
    // weight = "0" [ "." 0*3DIGIT ] / "1" [ "." 0*3("0") ]
    private static final Pattern WEIGHT = Pattern.compile("0(\\.[0-9]{0,3})?|1(\\.0{0,3})?");

    private HeaderLists() {}

    /**
     * Splits at commas and strips white space. A comma in a quoted string doesn't separate; empty items are left out.
     */
    static List<String> split(String value) {
        var items = new ArrayList<String>();
        boolean quoted = false;
        int start = 0;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '\\' && quoted) {
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                add(items, value.substring(start, i));
                start = i + 1;
            }
        }
        add(items, value.substring(start));
        return items;
    }

    private static void add(List<String> items, String item) {
        if (!item.isBlank()) {
            items.add(item.strip());
        }
    }

    /**
     * The weight among an item's parameters, in thousandths; 1000 if there is none.
     *
     * @param semicolon where the parameters begin
     * @throws IllegalArgumentException if they aren't valid
     */
    static int quality(String item, int semicolon) {
        var scanner = new ParameterScanner(item, semicolon);
        while (scanner.next()) {
            if (scanner.name().equals("q")) {
                return quality(scanner.value());
            }
        }
        return 1000;
    }

    /**
     * A weight in thousandths: {@code quality("0.5")} is 500 (RFC 9110, section 12.4.2).
     *
     * @throws IllegalArgumentException if it isn't one
     */
    static int quality(String weight) {
        if (!WEIGHT.matcher(weight).matches()) {
            throw new IllegalArgumentException(
                    "Not a weight: " + Tokens.quote(weight) + " (one looks like 0.5; RFC 9110, section 12.4.2)");
        }
        return Math.round(Float.parseFloat(weight) * 1000);
    }
}
