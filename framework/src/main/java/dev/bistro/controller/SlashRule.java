package dev.bistro.controller;

import dev.bistro.http.Payload;
import dev.bistro.http.Request;
import dev.bistro.http.Response;

/**
 * What becomes of paths with empty segments, {@code //a} and {@code /a//b}. RFC 3986 has them as paths of their own
 * (section 3.3), and so has the route table; those who expect otherwise are refused there where it makes a difference.
 */
enum SlashRule {
    /** They are as good as any path, if nobody could read them in another way. */
    STRICT {
        @Override
        boolean merges(String path) {
            return false;
        }
    },

    /** A leniency: the client is sent to the path without the empty segments, where the filters of that path see it. */
    MERGED {
        @Override
        boolean merges(String path) {
            return path.contains("//");
        }
    };

    /** Whether a path is answered by {@link #redirect}. */
    abstract boolean merges(String path);

    /** The answer for those whose path has been merged (RFC 9110, section 15.4.9: the method stays what it is). */
    static Response<Payload> redirect(Request request) {
        String location = request.path().replaceAll("/{2,}", "/")
                + request.query().map(query -> "?" + query).orElse("");
        return Response.permanentRedirect(location).withoutBody();
    }
}
