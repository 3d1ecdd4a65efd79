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
 * Finds header components that would neither be sent nor be in the body, since their record is only a part of an
 * answer.
 */
final class LostHeaders {
    private final Set<Type> seen = new HashSet<>();

    /** The first such component in what a method's result may be; empty if there is none. */
    static Optional<RecordComponent> find(Type result) {
        return new LostHeaders().inAnswer(result);
    }

    /** The result itself may have headers, in whatever it comes. */
    private Optional<RecordComponent> inAnswer(Type type) {
        Class<?> raw = Types.raw(type);
        if (raw == Response.class || raw == Optional.class || CompletionStage.class.isAssignableFrom(raw)) {
            return inAnswer(Types.argument(type));
        }
        if (raw.isSealed()) {
            return Outcomes.of(raw).stream()
                    .flatMap(outcome -> inAnswer(outcome).stream())
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
