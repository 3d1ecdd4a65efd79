package dev.bistro.binding;

import dev.bistro.annotation.PathParam;
import dev.bistro.startup.Problems;

/** {@link PathParam}: a variable that the path has to have. */
record PathRule(ParameterNames names, ValueRule values, Problems problems) implements SourceRule {
    @Override
    public ParameterBinder create(BindingPoint point, MethodPlan plan) {
        String written = point.annotation(PathParam.class).map(PathParam::value).orElse("");
        return names.of(point, written, plan)
                .map(name -> create(name, point, plan))
                .orElse(ParameterBinder.UNBOUND);
    }

    private ParameterBinder create(String name, BindingPoint point, MethodPlan plan) {
        if (!plan.hasVariable(name)) {
            problems.add(plan.unknownVariable(point, name));
            return ParameterBinder.UNBOUND;
        }
        plan.takeVariable(name);
        if (point.defaultText().isPresent()) {
            values.rejectDefault(point, "a path without the variable isn't found.");
            return ParameterBinder.UNBOUND;
        }
        return values.create(new PathSource(name), point);
    }
}
