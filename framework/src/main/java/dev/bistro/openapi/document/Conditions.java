package dev.bistro.openapi.document;

import dev.bistro.description.DescribedRoute;
import dev.bistro.http.Status;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The header fields by which requests are conditional, where a route's answers show that it keeps to them.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-13">RFC 9110, section 13</a>
 */
record Conditions(DescribedRoute route) {
    /** What each is for, by name. */
    Map<String, String> parameters() {
        var all = new LinkedHashMap<String, String>();
        if (answers(Status.NOT_MODIFIED)) {
            all.put("If-None-Match", "The entity tags that the client has: 304 if one of them is still right.");
        }
        if (route.errors().stream().anyMatch(error -> error.status().equals(Status.PRECONDITION_FAILED))) {
            all.put("If-Match", "The entity tag of the state that is meant: 412 if it is another now.");
        }
        if (answers(Status.PARTIAL_CONTENT)) {
            all.put("Range", "The part that is wanted.");
        }
        return all;
    }

    private boolean answers(Status status) {
        return route.responses().stream()
                .anyMatch(response -> response.status().filter(status::equals).isPresent());
    }
}
