package dev.bistro.controller;

import dev.bistro.http.Payload;
import dev.bistro.http.Request;
import dev.bistro.http.Response;

/**
 * What happens to paths with empty segments, {@code //a} and {@code /a//b}. In RFC 3986 they are paths of their own
 * (section 3.3), and so they are in the route table, which rejects those that another reader could take for the path of
 * another route.
 */
enum SlashRule {
    /** Such a path is looked up like any other. */
    STRICT {
        @Override
        boolean merges(String path) {
            return false;
        }
    },

    /**
     * A leniency: redirects the client to the path without the empty segments, so that the filters of that path see the
     * request.
     */
    MERGED {
        @Override
        boolean merges(String path) {
            return path.contains("//");
        }
    };

    /** Whether a path is answered by {@link #redirect}. */
    abstract boolean merges(String path);

    /** Redirects to the merged path; the client keeps the method (RFC 9110, section 15.4.9). */
    static Response<Payload> redirect(Request request) {
        String location = request.path().replaceAll("/{2,}", "/")
                + request.query().map(query -> "?" + query).orElse("");
        return Response.permanentRedirect(location).withoutBody();
    }
}
