package dev.bistro.binding;

import dev.bistro.annotation.QueryParam;
import dev.bistro.http.Request;
import dev.bistro.http.spi.QueryParameters;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** {@link QueryParam}: a parameter of the query string; or all of them, as a map. */
record QueryRule(ParameterNames names, ValueRule values) implements SourceRule {
    @Override
    public ParameterBinder create(BindingPoint point, MethodPlan plan) {
        String written =
                point.annotation(QueryParam.class).map(QueryParam::value).orElse("");
        Optional<Function<Map<String, List<String>>, Object>> whole = WholeType.of(point.type());
        if (whole.isPresent() && written.isEmpty()) {
            values.rejectDefault(point, "a map is empty where the request has no values.");
            return whole(whole.get());
        }
        return names.of(point, written, plan)
                .map(name -> values.create(new QuerySource(name), point))
                .orElse(ParameterBinder.UNBOUND);
    }

    private static ParameterBinder whole(Function<Map<String, List<String>>, Object> whole) {
        return (request, faults) -> whole.apply(all(request));
    }

    private static Map<String, List<String>> all(Request request) {
        return request.query()
                .map(QueryParameters::parse)
                .orElse(QueryParameters.NONE)
                .toMap();
    }
}
