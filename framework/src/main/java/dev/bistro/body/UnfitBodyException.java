package dev.bistro.body;

import dev.bistro.http.InvalidValue;
import dev.bistro.http.UnprocessableContentException;
import java.util.List;

/**
 * 422: a body that is well-formed but doesn't fit the type that it is read as. It lists all that is wrong, and the
 * parts that could be read all the same, so that their constraints can be checked, too.
 */
public final class UnfitBodyException extends UnprocessableContentException {
    private static final long serialVersionUID = 1L;

    private final transient List<ReadPart> parts;

    /**
     * A value within the body that could be read.
     *
     * @param pointer its place in the body (RFC 6901)
     * @param owner the class of which it is a property; null for an element of a list or map
     * @param property its name in that class; null for an element
     * @param value what was read; may be null
     */
    public record ReadPart(String pointer, Class<?> owner, String property, Object value) {}

    private UnfitBodyException(String detail, List<InvalidValue> errors, List<ReadPart> parts) {
        super(detail, errors);
        this.parts = List.copyOf(parts);
    }

    /** Without a stack trace: it says nothing of a client's fault, and costs more than the rest of the answer. */
    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }

    /** A body with one error, and nothing known of the rest. */
    public static UnfitBodyException of(InvalidValue error) {
        return of(List.of(error), List.of());
    }

    /** A body with these errors, at least one; the message shows the first. */
    public static UnfitBodyException of(List<InvalidValue> errors) {
        return of(errors, List.of());
    }

    public static UnfitBodyException of(List<InvalidValue> errors, List<ReadPart> parts) {
        InvalidValue first = errors.get(0);
        String where = first.name().isEmpty() ? "" : " at " + first.name();
        String more = errors.size() == 1 ? "" : "; and " + (errors.size() - 1) + " more";
        return new UnfitBodyException("The body doesn't fit" + where + ": " + first.detail() + more, errors, parts);
    }

    /** The values that could be read. */
    public List<ReadPart> parts() {
        return parts;
    }
}
