package dev.bistro.http1;

import dev.bistro.http.Headers;
import dev.bistro.http.Status;

/**
 * The last head that one target's answers have begun with, encoded: most targets give the same fields with each answer,
 * as one object that was made at startup. It is encoded when the same object comes for the second time, so that targets
 * which make their fields anew pay nothing for it.
 *
 * <p>For any thread, without synchronisation: what is kept is immutable, and a thread that sees an old one encodes its
 * own.
 */
final class HeadMemory {
    private Headers seen; // null before the first answer
    private Known known; // null until the same fields came twice

    /** @param fields of the answer, as the target gave them */
    private record Known(Status status, Headers fields, ResponseHead head) {}

    /** The head of an answer with exactly this object; null if it isn't known. */
    ResponseHead find(Status status, Headers fields) {
        Known last = known;
        return last != null && last.fields == fields && last.status == status ? last.head : null;
    }

    /** Whether this object comes for the second time in a row, so that it is worth to be kept. */
    boolean isRepeated(Headers fields) {
        boolean isRepeated = seen == fields;
        seen = fields;
        return isRepeated;
    }

    void keep(Status status, Headers fields, ResponseHead head) {
        known = new Known(status, fields, head);
    }
}
