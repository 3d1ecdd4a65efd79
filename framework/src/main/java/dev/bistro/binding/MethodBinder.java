package dev.bistro.binding;

import dev.bistro.body.FormLimits;
import dev.bistro.body.FormReader;
import dev.bistro.description.DescribedBody;
import dev.bistro.description.DescribedError;
import dev.bistro.description.DescribedParameter;
import dev.bistro.http.InvalidValue;
import dev.bistro.http.MediaType;
import dev.bistro.http.Method;
import dev.bistro.http.Request;
import dev.bistro.http.Status;
import dev.bistro.http.UnsupportedMediaTypeException;
import dev.bistro.validation.ConstraintCheck;
import dev.bistro.validation.Violation;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Makes the arguments of one method from a request. Immutable: many threads use one at once. */
public final class MethodBinder {
    private static final Object[] NO_ARGUMENTS = {};

    private final ParameterBinder[] binders;
    private final int[] fromHead;
    private final int[] fromBody;
    private final FormReader form; // null, unless the body is a form
    private final boolean takesBody;
    private final boolean takesLogin;
    private final boolean asksForLogin;
    private final boolean streamsBody;
    private final List<MediaType> bodyTypes;
    private final boolean checksBodyType;
    private final boolean mayReadBody;
    private final Method verb;

    MethodBinder(ParameterBinder[] binders, MethodPlan plan, FormLimits formLimits) {
        this.binders = binders;
        this.fromHead = IntStream.range(0, binders.length)
                .filter(i -> !binders[i].readsBody())
                .toArray();
        this.fromBody = IntStream.range(0, binders.length)
                .filter(i -> binders[i].readsBody())
                .toArray();
        Optional<FormReader> reader = plan.form(formLimits);
        this.form = reader.orElse(null);
        this.takesBody = plan.takesRequest() || fromBody.length > 0;
        this.takesLogin = plan.takesLogin();
        this.asksForLogin = plan.asksForLogin();
        this.streamsBody = plan.streamsBody();
        this.bodyTypes = takesBody ? reader.map(FormReader::mediaTypes).orElse(plan.bodyTypes()) : List.of();
        this.verb = plan.verb();
        this.mayReadBody = takesBody && plan.bodyPolicy() != BodyPolicy.NEVER;
        this.checksBodyType = fromBody.length > 0 && !plan.streamsPlainBody();
    }

    /**
     * The arguments, in the order of the method's parameters: for {@code find(long id, int limit)} at
     * {@code /items/{id}}, a request of {@code /items/42?limit=5} is bound to {@code [42L, 5]}. The body is read last,
     * and only if all else is valid.
     *
     * @throws dev.bistro.http.BadRequestException if values are missing or can't be converted, with all those of the
     *     head, or else of the body; or if the body isn't well-formed
     * @throws dev.bistro.http.UnprocessableContentException if the body doesn't fit the parameter's type
     * @throws dev.bistro.http.UnsupportedMediaTypeException if the body is of a media type that isn't read
     */
    public Object[] bind(Request request) {
        if (binders.length == 0) {
            return NO_ARGUMENTS;
        }
        var faults = new BindingFaults();
        Object[] arguments = new Object[binders.length];
        bind(fromHead, arguments, request, faults);
        if (fromBody.length > 0) {
            if (form != null) {
                RequestForm.keep(request, form.read(request));
            }
            bind(fromBody, arguments, request, faults);
        }
        return arguments;
    }

    private void bind(int[] which, Object[] arguments, Request request, BindingFaults faults) {
        for (int i : which) {
            arguments[i] = binders[i].bind(request, faults);
        }
        faults.throwIfAny();
    }

    /**
     * Deletes the files of the request's form. To be called after each request of {@link #takesForm}, also if it
     * failed.
     */
    public void release(Request request) {
        RequestForm.release(request);
    }

    /** Whether the body is read as a form. */
    public boolean takesForm() {
        return form != null;
    }

    /**
     * Describes a value that was bound and is invalid all the same by its place in the request: one of
     * {@code unitPrice} is {@code /unit_price} of the body, if the parameter is the body and JSON has it in snake case.
     */
    public InvalidValue invalid(Request request, Violation violation) {
        return binders[violation.parameter()].invalid(request, violation.path(), violation.message());
    }

    /**
     * Describes a value within the parameter that is read from the body as a whole.
     *
     * @param part the pointer to the part of the body where the violation's path begins
     */
    InvalidValue invalidIn(String part, Request request, Violation violation) {
        InvalidValue below = invalid(request, violation);
        return new InvalidValue(below.in(), part + below.name(), below.detail());
    }

    /** The index of the parameter that is read from the body as a whole; -1 if none is. */
    public int bodyParameter() {
        return form == null && fromBody.length == 1 ? fromBody[0] : -1;
    }

    /**
     * Whether the request's body has to be received: a parameter is read from it, or the method may ask the
     * {@link Request} for it.
     */
    public boolean takesBody() {
        return takesBody;
    }

    /** Whether a parameter is the login, or its principal, so that a request without one can't be answered. */
    public boolean takesLogin() {
        return takesLogin;
    }

    /** Whether a parameter is the login, or its principal, of requests that have one. */
    public boolean asksForLogin() {
        return asksForLogin;
    }

    /** Whether the body is read as it arrives: by an {@code InputStream} parameter, or as a form with files. */
    public boolean streamsBody() {
        return streamsBody;
    }

    /** The media types or ranges that the body may have; empty for any, or if no body is read. */
    public List<MediaType> bodyTypes() {
        return bodyTypes;
    }

    /** Whether {@link #bind} rejects bodies of other media types itself, since it needs the media type to read them. */
    public boolean checksBodyType() {
        return checksBodyType;
    }

    // ---- describing

    /**
     * What the parameters take from requests, in their order: several of a record that is filled from several values,
     * nothing of what comes from elsewhere.
     *
     * @param constraints on the parameters
     */
    public List<DescribedParameter> describe(Optional<ConstraintCheck> constraints) {
        var all = new ArrayList<DescribedParameter>();
        for (int i = 0; i < binders.length; i++) {
            for (DescribedParameter parameter : binders[i].describe()) {
                all.add(constraints.isEmpty() ? parameter : constrained(parameter, i, constraints.get()));
            }
        }
        return all;
    }

    private static DescribedParameter constrained(DescribedParameter parameter, int index, ConstraintCheck check) {
        return parameter.withConstraints(
                parameter.declared() instanceof RecordComponent component
                        ? check.describe(component.getDeclaringRecord(), component.getName())
                        : check.describe(index));
    }

    /** What is read of the body; empty if nothing is. */
    public Optional<DescribedBody> describeBody() {
        if (!mayReadBody) {
            return Optional.empty();
        }
        if (fromBody.length == 0) {
            return Optional.of(new DescribedBody(DescribedBody.Kind.ANY, Object.class, false, bodyTypes, List.of()));
        }
        if (form != null) {
            boolean isRequired = Arrays.stream(fromBody)
                    .mapToObj(i -> binders[i])
                    .flatMap(binder -> binder.describe().stream())
                    .anyMatch(DescribedParameter::isRequired);
            return Optional.of(
                    new DescribedBody(DescribedBody.Kind.FORM, Object.class, isRequired, bodyTypes, List.of()));
        }
        var body = (BodyBinder) binders[fromBody[0]];
        return Optional.of(new DescribedBody(
                streamsBody ? DescribedBody.Kind.STREAM : DescribedBody.Kind.VALUE,
                body.described().type(),
                body.described().isRequired(),
                bodyTypes,
                body.reader().broughtTypes()));
    }

    /** What requests are answered with that can't be bound. */
    public List<DescribedError> describeErrors() {
        var errors = new ArrayList<DescribedError>();
        for (ParameterBinder binder : binders) {
            errors.addAll(binder.errors());
        }
        if (mayReadBody && (form != null || !streamsBody)) {
            errors.add(DescribedError.of(Status.CONTENT_TOO_LARGE, "The body is too long."));
        }
        if (!bodyTypes.isEmpty()) {
            errors.add(DescribedError.of(
                    Status.UNSUPPORTED_MEDIA_TYPE,
                    "The body is of a media type that isn't read here.",
                    UnsupportedMediaTypeException.headerName(verb)));
        }
        return errors;
    }
}
