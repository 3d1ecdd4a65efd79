package dev.bistro.binding;

import dev.bistro.http.Converter;
import dev.bistro.startup.Place;
import dev.bistro.startup.Problem;
import dev.bistro.startup.Problems;
import dev.bistro.types.TypeNames;
import dev.bistro.types.Types;
import java.lang.reflect.Type;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The user's converters by the types that they convert to. Filled at startup by one thread. */
public final class Converters {
    private final Problems problems;
    private final Map<Type, Registered> byType = new HashMap<>();

    private record Registered(Converter<?> converter, Place place, boolean isOfLibrary) {}

    /** No converters yet; faults go to the problems. */
    public Converters(Problems problems) {
        this.problems = problems;
    }

    /**
     * Adds a converter: {@code add(SkuConverter.class, converter, Place.of(SkuConverter.class))} converts to
     * {@code Sku}, if SkuConverter is a {@code Converter<Sku>}.
     *
     * @param declared the type that says what it converts to: its class, or the return type {@code Converter<Sku>} of
     *     the method that made it
     * @param place where it was declared, for the report
     */
    public void add(Type declared, Converter<?> converter, Place place) {
        add(declared, new Registered(converter, place, false));
    }

    /** The same for a converter that a library brings; after all of the application, which win over it. */
    public void addOfLibrary(Type declared, Converter<?> converter, Place place) {
        add(declared, new Registered(converter, place, true));
    }

    private void add(Type declared, Registered added) {
        Optional<Type> type = Types.argument(declared, Converter.class);
        if (type.isEmpty()) {
            problems.add(Problem.of("untyped-converter", "A converter doesn't say to which type it converts.")
                    .at(added.place)
                    .cure("Write a class that implements Converter<Sku>, or declare the method that makes it as"
                            + " Converter<Sku>, with your type for Sku."));
            return;
        }
        Registered before = byType.putIfAbsent(type.get(), added);
        if (before != null && before.isOfLibrary == added.isOfLibrary) {
            problems.add(Problem.of("two-converters", "Two converters make " + TypeNames.of(type.get()) + ".")
                    .at(before.place)
                    .at(added.place)
                    .cure("Remove one of them."));
        }
    }

    /** The conversion to exactly this type by a registered converter. */
    Optional<Conversion> find(Type type) {
        return Optional.ofNullable(byType.get(type))
                .map(found -> new Conversion(
                        found.converter,
                        TypeNames.withArticle(type),
                        Conversion.Origin.REGISTERED,
                        found.converter.getClass()));
    }
}
