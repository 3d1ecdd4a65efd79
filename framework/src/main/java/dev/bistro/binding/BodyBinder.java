package dev.bistro.binding;

import dev.bistro.body.RequestReader;
import dev.bistro.description.DescribedError;
import dev.bistro.description.DescribedParameter;
import dev.bistro.http.InvalidValue;
import dev.bistro.http.Request;
import dev.bistro.http.Status;
import dev.bistro.validation.Violation;
import java.io.InputStream;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;

/**
 * Binds the request's body, or the form that has been read from it.
 *
 * @param described what it takes
 */
record BodyBinder(RequestReader reader, DescribedParameter described) implements ParameterBinder {
    /** Types of which an empty body may be a value. */
    private static final List<Type> MAY_BE_EMPTY = List.of(String.class, byte[].class, InputStream.class);

    /** Binds the body as the type of a parameter. */
    static BodyBinder of(RequestReader reader, BindingPoint point) {
        boolean isRequired = !MAY_BE_EMPTY.contains(point.type())
                && HeldType.of(point.type()).multiplicity() != Multiplicity.OPTIONAL;
        return new BodyBinder(reader, point.describe(DescribedParameter.Source.BODY, isRequired));
    }

    /** Binds all of a form. */
    static BodyBinder ofForm(RequestReader reader, BindingPoint point) {
        return new BodyBinder(reader, point.describe(DescribedParameter.Source.FORM_ALL, false));
    }

    @Override
    public Object bind(Request request, BindingFaults faults) {
        return reader.read(request);
    }

    @Override
    public InvalidValue invalid(Request request, List<Violation.Step> path, String detail) {
        String pointer = JsonPointer.of(path, (owner, property) -> reader.nameOf(request, owner, property));
        return new InvalidValue(InvalidValue.In.BODY, pointer, detail);
    }

    @Override
    public List<DescribedParameter> describe() {
        return List.of(described);
    }

    /** Texts and bytes fit wherever they can be read. */
    @Override
    public List<DescribedError> errors() {
        var errors = new ArrayList<DescribedError>();
        if (described.type() != InputStream.class) {
            errors.add(DescribedError.of(Status.BAD_REQUEST, "The body can't be read."));
        }
        if (described.source() == DescribedParameter.Source.BODY && !MAY_BE_EMPTY.contains(described.type())) {
            errors.add(DescribedError.of(Status.UNPROCESSABLE_CONTENT, "The body doesn't have what is expected."));
        }
        return errors;
    }

    @Override
    public boolean readsBody() {
        return true;
    }
}
