package dev.bistro.binding;

import dev.bistro.body.Form;
import dev.bistro.body.FormReader;
import dev.bistro.http.Request;

/**
 * The form of a request: read once for all parameters that take fields of it, and kept until the request is answered.
 */
final class RequestForm {
    private static final String ATTRIBUTE = Form.class.getName();

    private RequestForm() {}

    /** Keeps the form that was read from a request. */
    static void keep(Request request, Object form) {
        request.setAttribute(ATTRIBUTE, form);
    }

    /** The form of a request, which must have been read. */
    static Form of(Request request) {
        return (Form) request.attribute(ATTRIBUTE).orElseThrow(() -> new IllegalStateException("The form wasn't read"));
    }

    /** Deletes the files of the form, if there is one. */
    static void release(Request request) {
        request.attribute(ATTRIBUTE).ifPresent(form -> FormReader.release((Form) form));
    }
}
