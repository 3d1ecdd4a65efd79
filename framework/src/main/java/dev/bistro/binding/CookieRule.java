package dev.bistro.binding;

import dev.bistro.annotation.CookieParam;
import dev.bistro.http.Tokens;
import dev.bistro.startup.Problems;

/** {@link CookieParam}: a cookie. */
record CookieRule(ParameterNames names, ValueRule values, Problems problems) implements SourceRule {
    @Override
    public ParameterBinder create(BindingPoint point, MethodPlan plan) {
        String written =
                point.annotation(CookieParam.class).map(CookieParam::value).orElse("");
        return names.of(point, written, plan).map(name -> create(name, point)).orElse(ParameterBinder.UNBOUND);
    }

    private ParameterBinder create(String name, BindingPoint point) {
        if (!Tokens.isToken(name)) {
            problems.add(point.problem(
                            "bad-cookie-name",
                            "No cookie can be named " + ShownText.quote(name) + ": it isn't a token.")
                    .cure("Write the cookie's name: @CookieParam(\"theme\")."));
            return ParameterBinder.UNBOUND;
        }
        return values.create(new CookieSource(name), point);
    }
}
