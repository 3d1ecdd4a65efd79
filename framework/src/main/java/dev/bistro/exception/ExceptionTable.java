package dev.bistro.exception;

import java.util.Map;
import java.util.Optional;

/** Who answers for which exception: the nearest type, and of two as near the controller's own. Immutable. */
public final class ExceptionTable {
    public static final ExceptionTable EMPTY = new ExceptionTable(Map.of(), Map.of());

    private final Map<Class<?>, ExceptionMethod> own;
    private final Map<Class<?>, ExceptionMethod> all;

    private ExceptionTable(Map<Class<?>, ExceptionMethod> own, Map<Class<?>, ExceptionMethod> all) {
        this.own = own;
        this.all = all;
    }

    /** Of methods that answer for all controllers. */
    static ExceptionTable of(Map<Class<?>, ExceptionMethod> all) {
        return new ExceptionTable(Map.of(), Map.copyOf(all));
    }

    /** This table for a controller that has such methods itself. */
    ExceptionTable with(Map<Class<?>, ExceptionMethod> controllers) {
        return new ExceptionTable(Map.copyOf(controllers), all);
    }

    Optional<ExceptionMethod> find(Throwable fault) {
        for (Class<?> type = fault.getClass(); type != Object.class; type = type.getSuperclass()) {
            ExceptionMethod near = own.getOrDefault(type, all.get(type));
            if (near != null) {
                return Optional.of(near);
            }
        }
        return Optional.empty();
    }
}
