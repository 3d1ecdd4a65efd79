package dev.bistro.binding;

import dev.bistro.annotation.IfMatch;
import dev.bistro.description.DescribedError;
import dev.bistro.description.DescribedParameter;
import dev.bistro.http.EntityTag;
import dev.bistro.http.HttpException;
import dev.bistro.http.InvalidValue;
import dev.bistro.http.PreconditionFailedException;
import dev.bistro.http.Request;
import dev.bistro.http.Status;
import dev.bistro.startup.Problems;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@link IfMatch}: the version of the resource that the client has. */
record IfMatchRule(ValueRule values, Conversions conversions, Problems problems) implements SourceRule {
    private static final String FIELD = "If-Match";

    @Override
    public ParameterBinder create(BindingPoint point, MethodPlan plan) {
        if (!plan.changesState()) {
            return ParameterBinder.unbound(
                    point.problem(
                                    "condition-without-change",
                                    "@IfMatch guards a change, and a " + plan.verb() + " request makes none.")
                            .cure("Put @ETag on the version in the result: it answers conditional reads by itself."),
                    problems);
        }
        values.rejectDefault(point, "what a client doesn't have is no version.");
        return Values.of(point.type(), conversions)
                .map(versions -> binder(versions, point))
                .orElseGet(() -> values.create(ParameterSource.HEADER.named(FIELD), point));
    }

    private static ParameterBinder binder(Values versions, BindingPoint point) {
        var source = new VersionSource(versions.conversion());
        Optional<Object> absent = versions.multiplicity() instanceof Multiplicity.One one
                ? Optional.ofNullable(one.absent())
                : Optional.empty();
        boolean takesMany = versions.multiplicity() instanceof Multiplicity.Many;
        return new IfMatchBinder(source, versions.binder(source, Optional.empty(), point), absent, takesMany);
    }

    /**
     * The versions that {@code If-Match} names. Weak tags are left out, since RFC 9110, section 13.1.1, asks for the
     * strong comparison; and so are texts that don't convert, since the resource can't have such a version.
     */
    private record VersionSource(Conversion conversion) implements ValueSource {
        @Override
        public InvalidValue.In in() {
            return InvalidValue.In.HEADER;
        }

        @Override
        public String name() {
            return FIELD;
        }

        @Override
        public Optional<String> first(Request request) {
            return all(request).stream().findFirst();
        }

        @Override
        public List<String> all(Request request) {
            return EntityTag.parseList(request.headers().combined(FIELD).orElse("")).stream()
                    .filter(tag -> !tag.isWeak())
                    .flatMap(tag -> tag.version().stream())
                    .filter(this::converts)
                    .toList();
        }

        private boolean converts(String version) {
            try {
                conversion.convert(version);
                return true;
            } catch (IllegalArgumentException notAVersion) {
                return false;
            }
        }
    }

    /**
     * Binds the version that the client has.
     *
     * @param versions makes the argument where the field names versions
     * @param absent the argument where it names none; empty if a version is required
     * @param takesMany whether the argument holds several versions
     */
    private record IfMatchBinder(
            ValueSource source, ParameterBinder versions, Optional<Object> absent, boolean takesMany)
            implements ParameterBinder {
        @Override
        public Object bind(Request request, BindingFaults faults) {
            String field = request.headers().combined(FIELD).orElse("").strip();
            if (field.isEmpty() || field.equals("*")) {
                return absent.orElseGet(() -> demand(field, faults));
            }
            List<EntityTag> tags = EntityTag.parseList(field);
            if (tags.isEmpty()) {
                faults.add(source, "expected an entity tag in quotes, such as \"7\"");
            } else if (tags.size() > 1 && !takesMany) {
                faults.add(source, "expected one entity tag, but there are " + tags.size());
            } else if (source.all(request).isEmpty()) {
                faults.failCondition(new PreconditionFailedException(
                        "The resource isn't in the state that If-Match names. Get it again, and decide anew."));
            } else {
                return versions.bind(request, faults);
            }
            return null;
        }

        /** RFC 6585, section 3: the response should explain how to send the request again. */
        private static Object demand(String field, BindingFaults faults) {
            String what = field.isEmpty() ? "The request has no If-Match" : "If-Match: * names no version";
            faults.failCondition(new HttpException(
                    Status.PRECONDITION_REQUIRED, what + ": send the ETag of the state that it is to change."));
            return null;
        }

        @Override
        public List<ValueSource> sources() {
            return List.of(source);
        }

        @Override
        public List<DescribedParameter> describe() {
            boolean isRequired = absent.isEmpty();
            return versions.describe().stream()
                    .map(version -> version.withRequired(isRequired))
                    .toList();
        }

        @Override
        public List<DescribedError> errors() {
            var all = new ArrayList<>(ParameterBinder.super.errors());
            all.add(DescribedError.of(
                    Status.PRECONDITION_FAILED, "The resource isn't in the state that If-Match names."));
            if (absent.isEmpty()) {
                all.add(DescribedError.of(Status.PRECONDITION_REQUIRED, "If-Match names no version."));
            }
            return all;
        }
    }
}
