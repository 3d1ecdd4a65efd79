package dev.bistro.description;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The routes as {@code --routes=json} has them: maps, lists, texts, numbers and booleans. The guide has the shape; a
 * member that says nothing is left out, but for lists.
 *
 * @param titles the names of libraries by the classes that they bring
 * @param json what writes and reads JSON
 */
public record RoutesJson(Map<Class<?>, String> titles, JsonCode json) {
    /** The whole, with the members {@code routes} and {@code unrouted}. */
    public Map<String, Object> of(DescribedApplication application) {
        var all = new Members();
        all.put("routes", application.routes().stream().map(this::of).toList());
        all.put("unrouted", filters(application.unrouted()));
        return all;
    }

    private Map<String, Object> of(DescribedRoute route) {
        var all = new Members();
        all.put("kind", word(route.kind()));
        all.put("method", route.method().name());
        all.put("path", route.path().template());
        all.put(
                "variables",
                route.path().variables().stream().map(RoutesJson::of).toList());
        all.putIfPresent("class", route.controller().map(Class::getName));
        all.put("handler", route.place());
        all.put("parameters", route.parameters().stream().map(RoutesJson::of).toList());
        all.putIfPresent("body", route.body().map(this::of));
        all.put("responses", route.responses().stream().map(this::of).toList());
        all.put("errors", route.errors().stream().map(RoutesJson::of).toList());
        if (!route.failures().isEmpty()) {
            all.put("failures", route.failures().stream().map(this::of).toList());
        }
        all.put("access", of(route.access()));
        all.put("limits", of(route.limits()));
        all.put("filters", filters(route.filters()));
        all.put("runs", word(route.running()));
        all.put("deprecated", route.isDeprecated());
        return all;
    }

    private static Map<String, Object> of(DescribedPath.Variable variable) {
        var all = new Members();
        all.put("name", variable.name());
        all.putIfPresent("type", variable.type());
        all.putIfPresent("regex", variable.regex());
        all.put("rest", variable.isRest());
        return all;
    }

    private static Map<String, Object> of(DescribedParameter parameter) {
        var all = new Members();
        all.put("in", word(parameter.source()));
        all.put("name", parameter.name());
        all.put("type", parameter.type().getTypeName());
        all.put("required", parameter.isRequired());
        all.putIfPresent("default", parameter.defaultText());
        all.put(
                "constraints",
                parameter.constraints().stream().map(RoutesJson::of).toList());
        all.put("convertedByApplication", parameter.byApplication());
        return all;
    }

    /** Its name, and the texts of its members that aren't as they are by default. */
    private static Map<String, Object> of(Annotation constraint) {
        var values = new TreeMap<String, Object>();
        for (Method member : constraint.annotationType().getDeclaredMethods()) {
            Object value = value(constraint, member);
            if (!Objects.deepEquals(value, member.getDefaultValue())) {
                values.put(member.getName(), text(value));
            }
        }
        var all = new Members();
        all.put("name", constraint.annotationType().getName());
        all.put("values", values);
        return all;
    }

    private static Object value(Annotation annotation, Method member) {
        try {
            return member.invoke(annotation);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(annotation + " has no " + member.getName(), e);
        }
    }

    private static String text(Object value) {
        String inBrackets = Arrays.deepToString(new Object[] {value});
        return inBrackets.substring(1, inBrackets.length() - 1);
    }

    private Map<String, Object> of(DescribedBody body) {
        var all = new Members();
        all.put("kind", word(body.kind()));
        all.put("type", body.type().getTypeName());
        all.put("required", body.isRequired());
        all.put("mediaTypes", texts(body.mediaTypes()));
        all.put("readByApplication", texts(body.byApplication()));
        all.putIfPresent("json", json.of(body));
        return all;
    }

    private Map<String, Object> of(DescribedResponse response) {
        var all = new Members();
        all.putIfPresent("status", response.status().map(status -> status.code()));
        all.put("statusMayDiffer", response.isStatusChosen());
        all.put("content", word(response.content()));
        all.put("type", response.type().getTypeName());
        all.putIfPresent("mediaType", response.mediaType().map(Object::toString));
        all.put("writtenByApplication", response.byApplication());
        all.putIfPresent("json", json.of(response));
        all.put("headers", response.headers().stream().map(RoutesJson::of).toList());
        return all;
    }

    private static Map<String, Object> of(DescribedHeader header) {
        var all = new Members();
        all.put("name", header.name());
        all.put("type", header.type().getTypeName());
        all.put("always", header.isCertain());
        all.putIfPresent("value", header.value());
        return all;
    }

    private static Map<String, Object> of(DescribedError error) {
        var all = new Members();
        all.put("status", error.status().code());
        all.put("reasons", error.reasons());
        all.put("headers", error.headers());
        return all;
    }

    private static Map<String, Object> of(DescribedAccess access) {
        var all = new Members();
        all.put("who", word(access.who()));
        all.put("roles", access.roles());
        return all;
    }

    private static Map<String, Object> of(DescribedLimits limits) {
        var all = new Members();
        limits.maxBodyBytes().ifPresent(bytes -> all.put("maxBodyBytes", bytes));
        all.putIfPresent("timeoutMillis", limits.timeout().map(time -> time.toMillis()));
        limits.concurrency().ifPresent(most -> all.put("concurrency", most));
        var rates = new ArrayList<Object>();
        for (DescribedLimits.Rate rate : limits.rates()) {
            var one = new Members();
            one.put("rate", rate.text());
            one.put("burst", rate.burst());
            one.put("by", rate.by());
            rates.add(one);
        }
        all.put("rates", rates);
        return all;
    }

    private List<Object> filters(List<DescribedFilter> filters) {
        var list = new ArrayList<Object>();
        for (DescribedFilter filter : filters) {
            var all = new Members();
            all.put("name", filter.name());
            all.putIfPresent("class", filter.type().map(Class::getName));
            all.putIfPresent("library", filter.type().map(titles::get));
            all.put("paths", filter.paths());
            list.add(all);
        }
        return list;
    }

    private static List<String> texts(List<?> values) {
        return values.stream().map(Object::toString).toList();
    }

    /** {@code any-login} for {@code ANY_LOGIN}. */
    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The members of an object, in their order. */
    private static final class Members extends LinkedHashMap<String, Object> {
        private static final long serialVersionUID = 1L;

        void putIfPresent(String name, Optional<?> value) {
            value.ifPresent(present -> put(name, present));
        }
    }
}
