package dev.bistro.exception;

import java.util.Map;
import java.util.Optional;

/**
 * The methods by the exceptions that they answer for. The nearest type wins; for the same type, the controller's own
 * method. Immutable.
 */
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

    /** This table, with a controller's own methods. */
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
