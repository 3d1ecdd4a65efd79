package dev.bistro.binding;

import dev.bistro.annotation.HeaderParam;
import dev.bistro.http.Tokens;
import dev.bistro.startup.Problems;
import java.util.Locale;

/** {@link HeaderParam}: a header field, by its name or by the parameter's in camel case. */
record HeaderRule(ParameterNames names, ValueRule values, Problems problems) implements SourceRule {
    @Override
    public ParameterBinder create(BindingPoint point, MethodPlan plan) {
        String written =
                point.annotation(HeaderParam.class).map(HeaderParam::value).orElse("");
        return names.of(point, written, plan)
                .map(name -> create(written.isEmpty() ? headerName(name) : name, point))
                .orElse(ParameterBinder.UNBOUND);
    }

    private ParameterBinder create(String name, BindingPoint point) {
        if (!Tokens.isToken(name)) {
            problems.add(point.problem(
                            "bad-header-name",
                            "No header can be named " + ShownText.quote(name) + ": it isn't a token.")
                    .cure("Write the header's name: @HeaderParam(\"User-Agent\")."));
            return ParameterBinder.UNBOUND;
        }
        boolean isLanguages = name.equalsIgnoreCase(LanguagesSource.FIELD)
                && HeldType.of(point.type()).element() == Locale.class;
        return values.create(isLanguages ? new LanguagesSource() : new HeaderSource(name), point);
    }

    /** {@code headerName("userAgent")} is {@code User-Agent}. */
    static String headerName(String camelCase) {
        return Tokens.fieldName(camelCase);
    }
}
