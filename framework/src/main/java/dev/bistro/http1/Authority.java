package dev.bistro.http1;

import java.util.regex.Pattern;

/**
 * The grammar of the host and port that a request is for.
 *
 * <pre>
 * Host        = uri-host [ ":" port ]                                RFC 9110, section 7.2
 * uri-host    = IP-literal / IPv4address / reg-name                  RFC 3986, section 3.2.2
 * IP-literal  = "[" ( IPv6address / IPvFuture ) "]"
 * reg-name    = *( unreserved / pct-encoded / sub-delims )           port = *DIGIT
 * IPv6address = 8 groups of 16 bits; once, "::" stands for one or more; the last two may be an IPv4address
 * </pre>
 */
final class Authority {
    private static final Pattern GROUP = Pattern.compile("[0-9A-Fa-f]{1,4}");
    private static final Pattern IPV4 = Pattern.compile("(?:(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(?:\\.(?!$)|$)){4}");
    private static final Pattern IPV_FUTURE = Pattern.compile("[vV][0-9A-Fa-f]+\\.[0-9A-Za-z\\-._~!$&'()*+,;=:]+");

    private Authority() {}

    /**
     * Whether the text is a host that isn't empty, with a port or a bare colon behind it or neither. User information
     * ({@code user@}) isn't allowed.
     */
    static boolean isValid(String text) {
        int end = text.startsWith("[") ? literalEnd(text) : nameEnd(text);
        return end > 0 && (end == text.length() || text.charAt(end) == ':' && isDigits(text, end + 1));
    }

    /** Where the host ends in a valid text, and a colon and a port may begin. */
    static int hostEnd(String text) {
        return text.startsWith("[") ? text.indexOf(']') + 1 : nameEnd(text);
    }

    private static int nameEnd(String text) {
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i);
            if (c == '%' && isHexDigit(text, i + 1) && isHexDigit(text, i + 2)) {
                i += 3;
            } else if (Characters.HOST_NAME[c]) {
                i++;
            } else {
                return i;
            }
        }
        return i;
    }

    private static boolean isHexDigit(String text, int index) {
        return index < text.length() && Character.digit(text.charAt(index), 16) >= 0;
    }

    private static boolean isDigits(String text, int from) {
        for (int i = from; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }

    private static int literalEnd(String text) {
        int close = text.indexOf(']');
        if (close < 0) {
            return -1;
        }
        String address = text.substring(1, close);
        return isIpv6(address) || IPV_FUTURE.matcher(address).matches() ? close + 1 : -1;
    }

    /** Whether this is an address of IPv4 in its usual form. */
    static boolean isIpv4(String address) {
        return IPV4.matcher(address).matches();
    }

    /** Whether this is an address of IPv6, without brackets and without a zone. */
    static boolean isIpv6(String address) {
        int gap = address.indexOf("::");
        if (gap < 0) {
            return groups(address, true) == 8;
        }
        int before = groups(address.substring(0, gap), false);
        int after = groups(address.substring(gap + 2), true);
        return before >= 0 && after >= 0 && before + after < 8;
    }

    /** How many groups of 16 bits these are, or -1 if they aren't groups. */
    private static int groups(String text, boolean last) {
        if (text.isEmpty()) {
            return 0;
        }
        String[] groups = text.split(":", -1);
        int count = groups.length;
        for (int i = 0; i < groups.length; i++) {
            if (last && i == groups.length - 1 && isIpv4(groups[i])) {
                count++;
            } else if (!GROUP.matcher(groups[i]).matches()) {
                return -1;
            }
        }
        return count;
    }
}
