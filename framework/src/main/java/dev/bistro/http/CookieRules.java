package dev.bistro.http;

import java.util.Locale;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;

/**
 * What a cookie must be like for browsers to keep it. They drop any other without a message, so its fault is reported
 * here.
 *
 * <pre>
 * cookie-pair  = cookie-name "=" cookie-value       cookie-name = token
 * cookie-octet = %x21 / %x23-2B / %x2D-3A / %x3C-5B / %x5D-7E
 * path-value   = *( %x20-3A / %x3C-7E )
 * </pre>
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6265#section-4.1.1">RFC 6265, section 4.1.1</a>
 */
final class CookieRules {
    private static final int LONGEST_PAIR = 4096;

    // RFC 1123, section 2.1: labels of letters, digits and inner hyphens.
    private static final Pattern DOMAIN =
            Pattern.compile("[a-zA-Z0-9]([a-zA-Z0-9-]*[a-zA-Z0-9])?(\\.[a-zA-Z0-9]([a-zA-Z0-9-]*[a-zA-Z0-9])?)*");

    private CookieRules() {}

    static void check(Cookie cookie) {
        String who = "cookie " + Tokens.requireToken("cookie name", cookie.name());
        requireChars(
                "The value of " + who,
                cookie.value(),
                CookieRules::isCookieOctet,
                "encode it first, in Base64url or with URLEncoder");
        require(
                cookie.name().length() + cookie.value().length() <= LONGEST_PAIR,
                who + " is too long: browsers keep name and value of up to " + LONGEST_PAIR + " characters");
        requireChars("The path of " + who, cookie.path(), CookieRules::isPathChar, "percent-encode it");
        require(cookie.path().startsWith("/"), "The path of " + who + " doesn't begin with a slash");
        cookie.domain().ifPresent(domain -> checkDomain(who, domain));
        require(
                cookie.maxAge().filter(age -> age.isNegative()).isEmpty(),
                "The age of " + who + " is negative: zero drops it");
        checkPromises(cookie, who);
    }

    private static void checkDomain(String who, String domain) {
        require(
                DOMAIN.matcher(domain).matches(),
                "The domain of " + who + " is no domain name: " + Tokens.quote(domain)
                        + " (one looks like example.com, without a dot before it)");
    }

    /** RFC 6265bis, sections 4.1.2.7 and 4.1.3: what {@code SameSite=None} and the prefixes of names require. */
    private static void checkPromises(Cookie cookie, String who) {
        require(
                cookie.isSecure() || cookie.sameSite() != Cookie.SameSite.NONE,
                who + " has SameSite=None, which browsers only take together with Secure");
        require(cookie.isSecure() || !demandsSecure(cookie.name()), who + " must be Secure, as its name's prefix says");
        require(
                !hasPrefix(cookie.name(), "__host-")
                        || cookie.domain().isEmpty() && cookie.path().equals("/"),
                who + " can have no domain and no path but /, as its name's prefix says");
    }

    static boolean demandsSecure(String name) {
        return hasPrefix(name, "__secure-") || hasPrefix(name, "__host-");
    }

    private static boolean hasPrefix(String name, String lowerCasePrefix) {
        return name.toLowerCase(Locale.ROOT).startsWith(lowerCasePrefix);
    }

    private static boolean isCookieOctet(int c) {
        return c > ' ' && c < 0x7F && c != '"' && c != ',' && c != ';' && c != '\\';
    }

    private static boolean isPathChar(int c) {
        return c >= ' ' && c < 0x7F && c != ';';
    }

    private static void requireChars(String whose, String text, IntPredicate allowed, String cure) {
        for (int i = 0; i < text.length(); i++) {
            if (!allowed.test(text.charAt(i))) {
                throw new IllegalArgumentException(whose + " has " + Tokens.codePoint(text, i)
                        + ", which no cookie may have (RFC 6265, section 4.1.1): " + cure);
            }
        }
    }

    private static void require(boolean kept, String message) {
        if (!kept) {
            throw new IllegalArgumentException(message);
        }
    }
}
