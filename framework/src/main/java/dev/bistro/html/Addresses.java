package dev.bistro.html;

import java.util.Locale;
import java.util.Set;

/** Decides which addresses may be put into a page: those that lead somewhere and don't run code. */
final class Addresses {
    /** Replaces a refused address. It leads nowhere, and shows in the page what happened. */
    static final String REFUSED = "about:invalid";

    private static final Set<String> SCHEMES = Set.of("http", "https", "mailto", "tel");

    private Addresses() {}

    /** The address, or {@link #REFUSED} if its scheme isn't a safe one. Without a scheme it is relative, and safe. */
    static String safe(String address) {
        String scheme = scheme(address);
        return scheme.isEmpty() || SCHEMES.contains(scheme) ? address : REFUSED;
    }

    /**
     * Whether values may follow this beginning of an address in a template: its scheme is safe, and isn't hidden by a
     * character reference.
     */
    static boolean isSafeLiteral(String literal) {
        return safe(literal).equals(literal) && literal.split("[/?#]", 2)[0].indexOf('&') < 0;
    }

    /**
     * Whether the beginning of an address determines its host: it begins with a path, or has a scheme, a host and a
     * slash.
     */
    static boolean fixesHost(String literal) {
        int authority = literal.indexOf("//");
        boolean hasAuthority = authority == 0 || authority > 0 && literal.charAt(authority - 1) == ':';
        return hasAuthority
                ? literal.indexOf('/', authority + 2) > authority + 2
                : !literal.isBlank() && scheme(literal).isEmpty();
    }

    /**
     * The slot of a value that follows this beginning of an address. It decides whether an at sign or a plus is kept.
     */
    static Slot partAfter(String literal) {
        if (literal.indexOf('?') >= 0) {
            return Slot.ADDRESS_PART;
        }
        return switch (scheme(literal)) {
            case "mailto" -> Slot.MAILBOX;
            case "tel" -> Slot.PHONE_NUMBER;
            default -> Slot.ADDRESS_PART;
        };
    }

    /** The scheme in lower case; empty if there is none. Ignores white space and control characters, as browsers do. */
    private static String scheme(String address) {
        var scheme = new StringBuilder();
        for (int i = 0; i < address.length(); i++) {
            char c = address.charAt(i);
            if (c == ':') {
                return scheme.isEmpty() ? ":" : scheme.toString().toLowerCase(Locale.ROOT);
            }
            if (c == '/' || c == '?' || c == '#') {
                return "";
            }
            if (c > ' ') {
                scheme.append(c);
            }
        }
        return "";
    }
}
