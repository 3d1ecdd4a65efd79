package dev.bistro.binding;

import dev.bistro.http.Headers;
import dev.bistro.http.InvalidValue;
import dev.bistro.http.UnprocessableContentException;
import java.util.List;
import java.util.Optional;

/**
 * 422: values that don't meet their constraints. What is wrong with them is told in the language of the client, and the
 * answer says in which.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-8.5">RFC 9110, section 8.5</a>
 */
final class InvalidValuesException extends UnprocessableContentException {
    private static final long serialVersionUID = 1L;

    private final transient Optional<String> language;

    InvalidValuesException(List<InvalidValue> errors, Optional<String> language) {
        super(errors.size() == 1 ? "A value is not valid" : errors.size() + " values are not valid", errors);
        this.language = language;
    }

    /** Without a stack trace: it says nothing of a client's fault, and costs more than the rest of the answer. */
    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }

    @Override
    public Headers headers() {
        return language.map(tag -> super.headers().plus("Content-Language", tag).plus("Vary", "Accept-Language"))
                .orElse(super.headers());
    }
}
