package dev.bistro;

import dev.bistro.config.ConfigRecords;
import dev.bistro.config.Settings;
import dev.bistro.validation.Constraints;
import dev.bistro.validation.Violation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The records of settings that are injected, each read once.
 *
 * @param byType empty for a record that can't be made of the settings, which is a problem then
 */
record ReadConfigs(Map<Class<?>, Optional<Object>> byType) {
    /** Reads them, unless the program gives one. */
    static ReadConfigs read(
            List<Class<?>> types, StartInput input, ConfigRecords records, Settings settings, Constraints constraints) {
        var byType = new LinkedHashMap<Class<?>, Optional<Object>>();
        for (Class<?> type : types) {
            Object given = input.instances().get(type);
            byType.put(
                    type,
                    given == null
                            ? records.read(type, settings, check(constraints.of(type)))
                                    .map(Object.class::cast)
                            : Optional.of(given));
        }
        return new ReadConfigs(byType);
    }

    /** Checks a record's constraints: {@code "pageSize must be greater than 0"}. */
    private static Function<Object, List<String>> check(Function<Object, List<Violation>> constraints) {
        return read -> constraints.apply(read).stream()
                .map(violation -> String.join(".", violation.names()) + " " + violation.message())
                .toList();
    }

    /** A record; empty if it can't be made, or isn't one of these. */
    <R> Optional<R> find(Class<R> type) {
        return byType.getOrDefault(type, Optional.empty()).map(type::cast);
    }
}
