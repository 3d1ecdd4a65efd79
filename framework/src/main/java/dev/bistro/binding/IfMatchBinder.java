package dev.bistro.binding;

import dev.bistro.http.EntityTag;
import dev.bistro.http.HttpException;
import dev.bistro.http.PreconditionFailedException;
import dev.bistro.http.Request;
import dev.bistro.http.Status;
import java.util.List;
import java.util.Optional;

/**
 * Binds the version that the client has.
 *
 * @param versions makes the argument of versions that there are
 * @param without what stands for no version; empty if there has to be one
 * @param takesMany whether several versions are one argument
 */
record IfMatchBinder(IfMatchSource source, ParameterBinder versions, Optional<Object> without, boolean takesMany)
        implements ParameterBinder {
    @Override
    public Object bind(Request request, BindingFaults faults) {
        String field = request.headers().combined(source.name()).orElse("").strip();
        if (field.isEmpty() || field.equals("*")) {
            return without.orElseGet(() -> demand(field, faults));
        }
        List<EntityTag> tags = EntityTag.parseList(field);
        if (tags.isEmpty()) {
            faults.add(source, "expected an entity tag in quotes, such as \"7\"");
        } else if (tags.size() > 1 && !takesMany) {
            faults.add(source, "expected one entity tag, but there are " + tags.size());
        } else if (source.all(request).isEmpty()) {
            faults.refuse(new PreconditionFailedException(
                    "The resource isn't in the state that If-Match names. Get it again, and decide anew."));
        } else {
            return versions.bind(request, faults);
        }
        return null;
    }

    /** RFC 6585, section 3: the answer is to say how the request is made right. */
    private static Object demand(String field, BindingFaults faults) {
        String what = field.isEmpty() ? "The request has no If-Match" : "If-Match: * names no version";
        faults.refuse(new HttpException(
                Status.PRECONDITION_REQUIRED, what + ": send the ETag of the state that it is to change."));
        return null;
    }

    @Override
    public List<ValueSource> sources() {
        return List.of(source);
    }
}
