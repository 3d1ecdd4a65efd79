package dev.bistro.app.inherited;

import dev.bistro.annotation.Filter;
import dev.bistro.http.Chain;
import dev.bistro.http.ForbiddenException;
import dev.bistro.http.Request;
import dev.bistro.http.Response;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** What the classes that the table of inherited members generates are made of. */
public final class Samples {
    /** The classes whose hooks were called. */
    public static final Set<Class<?>> STARTED = ConcurrentHashMap.newKeySet();

    private Samples() {}

    /** What a client sends. */
    public record Order(int id) {}

    /** What a query string has. */
    public record Page(int limit) {}

    /** What is injected. */
    public static class Store<T> {}

    public static class OrderException extends RuntimeException {
        private static final long serialVersionUID = 1;

        public OrderException() {
            super("taken");
        }
    }

    @Retention(RetentionPolicy.RUNTIME)
    public @interface Guarded {}

    /** Lets nothing through. */
    @Filter(annotatedWith = Guarded.class)
    public static class Guard {
        public Response<?> filter(Request request, Chain chain) {
            throw new ForbiddenException("guarded");
        }
    }

    /** The classes of what was bound: {@code [Order]} of a list of orders. */
    public static String show(Object value) {
        if (value instanceof Object[] array) {
            return show(List.of(array));
        }
        if (value instanceof Optional<?> optional) {
            return show(List.copyOf(optional.stream().toList()));
        }
        if (value instanceof Collection<?> all) {
            return all.stream().map(Samples::show).collect(Collectors.joining(",", "[", "]"));
        }
        if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .map(entry -> entry.getKey() + "=" + show(entry.getValue()))
                    .collect(Collectors.joining(",", "{", "}"));
        }
        return value.getClass().getSimpleName();
    }

    /** An order, as whatever the caller calls it. */
    @SuppressWarnings("unchecked")
    public static <T> T order() {
        return (T) new Order(7);
    }
}
