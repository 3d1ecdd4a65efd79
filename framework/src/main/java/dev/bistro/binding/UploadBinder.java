package dev.bistro.binding;

import dev.bistro.body.FileUpload;
import dev.bistro.http.Request;
import java.util.List;

/** Binds the files of a form's field, as the parameter's type holds them. */
record UploadBinder(FormSource source, UploadHolding holding) implements ParameterBinder {
    @Override
    public Object bind(Request request, BindingFaults faults) {
        List<FileUpload> files = RequestForm.of(request).files(source.name());
        if (files.isEmpty() && holding == UploadHolding.ONE) {
            rejectMissing(request, faults);
            return null;
        }
        return holding.hold(files);
    }

    /** A field that is there as a text was sent by a form that isn't multipart, or that has another input of this name. */
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
}
