package dev.bistro.inject;

import dev.bistro.startup.Place;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Something that an injection point asks for: the key as it is written there, including {@code Provider}. */
record Dependency(Key key, Place place) {
    /** The dependencies of a constructor or method; {@code resolve} replaces type variables by their arguments. */
    static List<Dependency> of(Executable executable, UnaryOperator<Type> resolve) {
        var dependencies = new ArrayList<Dependency>();
        Stream.of(executable.getParameters())
                .forEach(parameter -> dependencies.add(new Dependency(
                        Key.of(resolve.apply(parameter.getParameterizedType()), parameter), Place.of(parameter))));
        return dependencies;
    }

    static Dependency of(Field field, UnaryOperator<Type> resolve) {
        return new Dependency(Key.of(resolve.apply(field.getGenericType()), field), Place.of(field));
    }
}
