package dev.bistro.binding;

import dev.bistro.http.InvalidValue;
import dev.bistro.http.Request;
import java.util.List;

/** Makes the arguments of one method from a request. Immutable: many threads use one at once. */
public final class MethodBinder {
    private static final int NO_BODY = -1;

    private final ParameterBinder[] binders;
    private final int body;
    private final boolean takesBody;
    private final boolean streamsBody;

    MethodBinder(ParameterBinder[] binders, boolean takesRequest, boolean streamsBody) {
        this.binders = binders;
        this.body = indexOfBody(binders);
        this.takesBody = takesRequest || body != NO_BODY;
        this.streamsBody = streamsBody;
    }

    private static int indexOfBody(ParameterBinder[] binders) {
        for (int i = 0; i < binders.length; i++) {
            if (binders[i] instanceof BodyBinder) {
                return i;
            }
        }
        return NO_BODY;
    }

    /**
     * The arguments, in the order of the method's parameters: {@code bind(request)} of {@code find(long id, int limit)} for {@code /items/42?limit=5} at
     * {@code /items/{id}} is {@code [42L, 5]}. The body is read last, and only if all else is valid.
     *
     * @throws dev.bistro.http.BadRequestException if values are missing or can't be converted, with all of them; or if the body isn't well-formed
     * @throws dev.bistro.http.UnprocessableContentException if the body doesn't fit the parameter's type
     * @throws dev.bistro.http.UnsupportedMediaTypeException if the body is of a media type that isn't read
     */
    public Object[] bind(Request request) {
        var faults = new Faults();
        Object[] arguments = new Object[binders.length];
        for (int i = 0; i < binders.length; i++) {
            if (i != body) {
                arguments[i] = binders[i].bind(request, faults);
            }
        }
        faults.throwIfAny();
        if (body != NO_BODY) {
            arguments[body] = binders[body].bind(request, faults);
        }
        return arguments;
    }

    /**
     * A value that was bound, and is not valid all the same, as the client knows it: {@code invalid(0, List.of("price"), "must be positive")} is {@code /price} of
     * the body, if the first parameter is.
     *
     * @param parameter the index of the parameter
     * @param path from the parameter to the value: names, keys and indexes; empty for the parameter itself
     */
    public InvalidValue invalid(int parameter, List<String> path, String detail) {
        return binders[parameter].invalid(path, detail);
    }

    /** Whether the request's body has to be there: a parameter is read from it, or the method may ask the {@link Request} for it. */
    public boolean takesBody() {
        return takesBody;
    }

    /** Whether the request's body is read while it comes: there is an {@code InputStream} parameter. */
    public boolean streamsBody() {
        return streamsBody;
    }
}
