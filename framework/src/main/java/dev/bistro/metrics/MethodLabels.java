package dev.bistro.metrics;

import dev.bistro.http.Method;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The methods that are told apart, numbered from 0: the registered ones. All others are one. */
final class MethodLabels {
    private static final List<Method> KNOWN = List.of(
            Method.GET,
            Method.HEAD,
            Method.POST,
            Method.PUT,
            Method.PATCH,
            Method.DELETE,
            Method.OPTIONS,
            Method.QUERY,
            Method.TRACE,
            Method.CONNECT);

    private static final Map<Method, Integer> INDEXES = new HashMap<>();

    static {
        KNOWN.forEach(method -> INDEXES.put(method, INDEXES.size()));
    }

    /** The number of all other methods, and of what is no request. */
    static final int OTHER = KNOWN.size();

    static final int COUNT = OTHER + 1;

    private MethodLabels() {}

    static int index(Method method) {
        return INDEXES.getOrDefault(method, OTHER);
    }

    /** The name, as OpenTelemetry has it. */
    static String text(int index) {
        return index == OTHER ? "_OTHER" : KNOWN.get(index).name();
    }
}
