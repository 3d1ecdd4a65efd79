package dev.bistro.binding;

import dev.bistro.body.Form;
import dev.bistro.body.FormReader;
import dev.bistro.http.Request;

/** The form of a request: read once for all parameters that are fields of it, and kept with the request until that was answered. */
final class RequestForm {
    private static final String ATTRIBUTE = Form.class.getName();

    private RequestForm() {}

    /** Keeps the form that was read of a request. */
    static void keep(Request request, Object form) {
        request.setAttribute(ATTRIBUTE, form);
    }

    /** The form of a request for which it was read. */
    static Form of(Request request) {
        return (Form) request.attribute(ATTRIBUTE).orElseThrow(() -> new IllegalStateException("The form wasn't read"));
    }

    /** Lets go of what the form has on the disk, if there is a form. */
    static void release(Request request) {
        request.attribute(ATTRIBUTE).ifPresent(form -> FormReader.release((Form) form));
    }
}
