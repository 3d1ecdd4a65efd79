package dev.bistro.body.json;

import dev.bistro.json.generated.JsonInput;
import dev.bistro.json.generated.JsonOutput;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Reads values of a sealed type whose records are told apart by a member, if they begin with that. */
final class SealedReader implements Function<JsonInput, Object> {
    private final byte[] property;
    private final Map<String, Class<?>> records;

    private SealedReader(String property, Map<String, Class<?>> records) {
        this.property = JsonOutput.bytes('"' + property + '"');
        this.records = records;
    }

    /**
     * For a sealed type; empty if not all that it permits are records with the same member, which it or a type above it
     * declares.
     */
    static Optional<SealedReader> of(Class<?> sealed) {
        List<Class<?>> leaves = leaves(sealed).distinct().toList();
        var records = new HashMap<String, Class<?>>();
        String property = "";
        for (Class<?> leaf : leaves) {
            Optional<Discriminators.Member> member = Discriminators.member(leaf);
            boolean isForAll = member.isPresent()
                    && member.get().base().isAssignableFrom(sealed)
                    && (property.isEmpty() || member.get().property().equals(property));
            if (!isForAll) {
                return Optional.empty();
            }
            property = member.get().property();
            records.put(member.get().name(), leaf);
        }
        return records.size() == leaves.size()
                ? Optional.of(new SealedReader(property, Map.copyOf(records)))
                : Optional.empty();
    }

    private static Stream<Class<?>> leaves(Class<?> type) {
        return type.isSealed()
                ? Arrays.stream(type.getPermittedSubclasses()).flatMap(SealedReader::leaves)
                : Stream.of(type);
    }

    @Override
    public Object apply(JsonInput in) {
        Class<?> record = records.get(in.firstText(property));
        if (record == null) {
            throw JsonInput.unusual();
        }
        return in.read(record);
    }
}
