package dev.bistro.binding;

import dev.bistro.annotation.QueryParam;

/** {@link QueryParam}: a parameter of the query string. */
record QueryRule(ParameterNames names, ValueRule values) implements SourceRule {
    @Override
    public ParameterBinder create(BindingPoint point, MethodPlan plan) {
        String written =
                point.annotation(QueryParam.class).map(QueryParam::value).orElse("");
        return names.of(point, written, plan)
                .map(name -> values.create(new QuerySource(name), point))
                .orElse(ParameterBinder.UNBOUND);
    }
}
