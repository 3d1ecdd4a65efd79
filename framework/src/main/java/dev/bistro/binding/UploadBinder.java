package dev.bistro.binding;

import dev.bistro.body.FileUpload;
import dev.bistro.description.DescribedParameter;
import dev.bistro.http.Request;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Optional;

/** Binds the files of a form's field, as the parameter's type holds them. */
record UploadBinder(ValueSource source, Multiplicity multiplicity, BindingPoint point) implements ParameterBinder {
    /** How a type holds files; empty if it holds something else, or is a set. */
    static Optional<Multiplicity> multiplicity(Type type) {
        HeldType held = HeldType.of(type);
        return Optional.of(held.multiplicity())
                .filter(each -> held.element() == FileUpload.class && each != Multiplicity.SET);
    }

    @Override
    public Object bind(Request request, BindingFaults faults) {
        List<FileUpload> files = RequestForm.of(request).files(source.name());
        if (files.isEmpty() && multiplicity == Multiplicity.ONE) {
            rejectMissing(request, faults);
            return null;
        }
        return multiplicity.hold(files.toArray());
    }

    /** A text was sent by a form that isn't multipart, or that has another input of this name. */
    private void rejectMissing(Request request, BindingFaults faults) {
        if (source.first(request).isPresent()) {
            faults.add(source, "expected a file, but was a text");
        } else {
            faults.missing(source);
        }
    }

    @Override
    public List<ValueSource> sources() {
        return List.of(source);
    }

    @Override
    public List<DescribedParameter> describe() {
        boolean isRequired = multiplicity == Multiplicity.ONE;
        return List.of(new DescribedParameter(
                DescribedParameter.Source.FILE,
                source.name(),
                point.type(),
                isRequired,
                Optional.empty(),
                List.of(),
                false,
                point.annotations()));
    }
}
