package dev.bistro.http;

import java.util.ArrayList;
import java.util.List;

/** List-valued header fields: {@code a, b;q=0.5, "c, d"}. */
final class HeaderLists {
    private HeaderLists() {}

    /** The items between the commas, without white space around them; a comma in a quoted string is no separator, empty items are none. */
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
     * A weight in thousandths: {@code quality("0.5")} is 500 (RFC 9110, section 12.4.2).
     *
     * @throws IllegalArgumentException if it isn't one
     */
    static int quality(String weight) {
        if (!weight.matches("0(\\.\\d{0,3})?|1(\\.0{0,3})?")) {
            throw new IllegalArgumentException("Not a weight: " + Tokens.quote(weight));
        }
        return Math.round(Float.parseFloat(weight) * 1000);
    }
}
