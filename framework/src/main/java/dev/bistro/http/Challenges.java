package dev.bistro.http;

import java.util.regex.Pattern;

/**
 * The grammar of {@code WWW-Authenticate}, so that a text for people isn't taken for a challenge.
 *
 * <pre>
 * challenges = challenge *( OWS "," OWS challenge )
 * challenge  = auth-scheme [ 1*SP ( token68 / auth-param *( OWS "," OWS auth-param ) ) ]
 * auth-param = token BWS "=" BWS ( token / quoted-string )
 * </pre>
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-11.6.1">RFC 9110, section 11.6.1</a>
 */
final class Challenges {
    private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
    private static final String PARAMETER =
            TOKEN + "[ \t]*=[ \t]*(?:" + TOKEN + "|\"[^\"\\\\]*+(?:\\\\.[^\"\\\\]*+)*+\")";
    private static final String SEPARATOR = "[ \t]*,[ \t]*";
    private static final String CHALLENGE =
            TOKEN + "(?: +(?:" + PARAMETER + "(?:" + SEPARATOR + PARAMETER + ")*+|[0-9A-Za-z._~+/-]+=*))?";
    private static final Pattern CHALLENGES = Pattern.compile(CHALLENGE + "(?:" + SEPARATOR + CHALLENGE + ")*");

    private Challenges() {}

    /** The value itself. */
    static String require(String value) {
        if (!CHALLENGES.matcher(value).matches()) {
            throw new IllegalArgumentException("Not a challenge: " + Tokens.quote(value)
                    + " (a scheme, and parameters or a token: Basic realm=\"Shop\"; RFC 9110, section 11.6.1)");
        }
        return value;
    }
}
