package dev.bistro.binding;

import dev.bistro.startup.Problem;
import dev.bistro.startup.Problems;
import java.util.Optional;

/** Binds a parameter to the texts of a name, for any row but {@code FORM} of {@link ParameterSource}. */
record NamedRule(ParameterSource source, ParameterNames names, ValueRule values, Problems problems)
        implements SourceRule {
    @Override
    public ParameterBinder create(BindingPoint point, MethodPlan plan) {
        Optional<String> annotated = source.annotatedName(point);
        Optional<ParameterBinder> map = annotated.isPresent() ? Optional.empty() : source.map(point);
        if (map.isPresent()) {
            values.rejectDefault(point, "a map is empty where the request has no values.");
            return map.get();
        }
        return annotated
                .or(() -> names.of(point, plan).map(source::derivedName))
                .map(name -> create(name, point, plan))
                .orElse(ParameterBinder.UNBOUND);
    }

    private ParameterBinder create(String name, BindingPoint point, MethodPlan plan) {
        Optional<Problem> fault = source.take(name, point, plan);
        return fault.isPresent()
                ? ParameterBinder.unbound(fault.get(), problems)
                : values.create(source.forType(point.type(), name), point);
    }
}
