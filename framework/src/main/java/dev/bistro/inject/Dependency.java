package dev.bistro.inject;

import dev.bistro.startup.Place;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Something that is asked for at a place: {@code key} as it is written there, {@code Provider} and all. */
record Dependency(Key key, Place place) {
    /** The dependencies of a constructor or method, in a class whose type variables stand for these types. */
    static List<Dependency> of(Executable executable, Map<TypeVariable<?>, Type> variables) {
        var dependencies = new ArrayList<Dependency>();
        Stream.of(executable.getParameters())
                .forEach(parameter -> dependencies.add(new Dependency(
                        Key.of(Types.resolve(parameter.getParameterizedType(), variables), parameter),
                        Place.of(parameter))));
        return dependencies;
    }

    static Dependency of(Field field, Map<TypeVariable<?>, Type> variables) {
        return new Dependency(Key.of(Types.resolve(field.getGenericType(), variables), field), Place.of(field));
    }
}
