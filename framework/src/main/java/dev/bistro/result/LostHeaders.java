package dev.bistro.result;

import dev.bistro.http.Response;
import dev.bistro.types.Types;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/**
 * Finds {@code @Header} components that would get lost: their record is only a part of the response, so that they would
 * neither be sent as fields nor be in the body.
 */
final class LostHeaders {
    private final Set<Type> seen = new HashSet<>();

    /** The first such component in any type that a method's result may have; empty if there is none. */
    static Optional<RecordComponent> find(Type result) {
        return new LostHeaders().inResult(result);
    }

    /** Skips wrappers: the result itself may have headers. */
    private Optional<RecordComponent> inResult(Type type) {
        Class<?> raw = Types.raw(type);
        if (raw == Response.class || raw == Optional.class || CompletionStage.class.isAssignableFrom(raw)) {
            return inResult(Types.argument(type));
        }
        if (raw.isSealed()) {
            return Outcomes.of(raw).stream()
                    .flatMap(outcome -> inResult(outcome).stream())
                    .findFirst();
        }
        return raw.isRecord() && seen.add(raw) ? inComponents(raw) : inPart(type);
    }

    private Optional<RecordComponent> inComponents(Class<?> type) {
        return Arrays.stream(type.getRecordComponents())
                .filter(component -> !HeaderComponent.is(component))
                .flatMap(component -> inPart(component.getGenericType()).stream())
                .findFirst();
    }

    private Optional<RecordComponent> inPart(Type type) {
        if (!seen.add(type)) {
            return Optional.empty();
        }
        if (type instanceof ParameterizedType parameterized) {
            return Arrays.stream(parameterized.getActualTypeArguments())
                    .flatMap(argument -> inPart(argument).stream())
                    .findFirst();
        }
        if (type instanceof GenericArrayType array) {
            return inPart(array.getGenericComponentType());
        }
        if (!(type instanceof Class<?> raw)) {
            return Optional.empty();
        }
        if (raw.isArray()) {
            return inPart(raw.getComponentType());
        }
        if (raw.isSealed()) {
            return Outcomes.of(raw).stream()
                    .flatMap(outcome -> inPart(outcome).stream())
                    .findFirst();
        }
        return raw.isRecord()
                ? Arrays.stream(raw.getRecordComponents())
                        .filter(HeaderComponent::is)
                        .findFirst()
                        .or(() -> inComponents(raw))
                : Optional.empty();
    }
}
