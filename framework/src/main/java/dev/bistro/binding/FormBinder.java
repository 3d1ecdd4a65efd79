package dev.bistro.binding;

import dev.bistro.body.Form;
import dev.bistro.http.Request;
import java.util.function.Function;

/** Binds the form as a whole, or all of its fields. */
record FormBinder(Function<Form, Object> part) implements ParameterBinder {
    @Override
    public Object bind(Request request, BindingFaults faults) {
        return part.apply(RequestForm.of(request));
    }

    @Override
    public boolean readsBody() {
        return true;
    }
}
