package dev.bistro.sample.files;

import dev.bistro.http.ForbiddenException;
import dev.bistro.http.Request;
import java.util.Optional;

/**
 * Keeps pages of other sites from making changes in the name of a user who has logged in here: a browser sends name and
 * password with their requests too, but it says whose they are. Other programs say nothing, and have no user to be
 * deceived.
 *
 * @see <a href="https://www.w3.org/TR/fetch-metadata/">Fetch Metadata</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6454#section-7">RFC 6454, section 7</a>
 */
final class SameOrigin {
    private SameOrigin() {}

    /**
     * Lets only our own pages pass, and who isn't a browser.
     *
     * @throws ForbiddenException for a page of another site
     */
    static void require(Request request) {
        Optional<String> site = request.header("Sec-Fetch-Site");
        boolean ours = site.isPresent() ? isOurs(site.get()) : isOurOrigin(request);
        if (!ours) {
            throw new ForbiddenException("Another site's page must not make changes here");
        }
    }

    private static boolean isOurs(String site) {
        return site.equals("same-origin") || site.equals("none");
    }

    /** Either scheme will do: a proxy in front of us may speak TLS. */
    private static boolean isOurOrigin(Request request) {
        Optional<String> origin = request.header("Origin");
        String authority = request.authority().orElse("");
        return origin.isEmpty()
                || origin.get().equalsIgnoreCase("https://" + authority)
                || origin.get().equalsIgnoreCase("http://" + authority);
    }
}
