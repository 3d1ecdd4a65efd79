package dev.bistro.html;

import java.util.Locale;
import java.util.Set;

/** Which addresses may stand in a page: those that lead somewhere, and run nothing. */
final class Addresses {
    /** Stands for one that was refused: it leads nowhere, and shows in the page why. */
    static final String REFUSED = "about:invalid";

    private static final Set<String> SCHEMES = Set.of("http", "https", "mailto", "tel");

    private Addresses() {}

    /** The address, or {@link #REFUSED} if its scheme isn't one of those that are safe; without a scheme it is relative, and safe. */
    static String safe(String address) {
        String scheme = scheme(address);
        return scheme.isEmpty() || SCHEMES.contains(scheme) ? address : REFUSED;
    }

    /** Whether what a template has of an address may have values in it: its scheme is safe, and isn't hidden by a character reference. */
    static boolean isSafeLiteral(String literal) {
        return safe(literal).equals(literal) && literal.split("[/?#]", 2)[0].indexOf('&') < 0;
    }

    /** Whether the beginning says already from which host something is loaded: with a path of its own, or with a scheme, a host and a slash. */
    static boolean fixesHost(String literal) {
        int authority = literal.indexOf("//");
        boolean hasAuthority = authority == 0 || authority > 0 && literal.charAt(authority - 1) == ':';
        return hasAuthority
                ? literal.indexOf('/', authority + 2) > authority + 2
                : !literal.isBlank() && scheme(literal).isEmpty();
    }

    /**
     * What a value is written as that comes after the beginning of an address: an at sign and a plus are what some
     * addresses are made of.
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

    /** The scheme in lower case as a browser finds it, which passes over white space and control characters; empty if there is none. */
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
