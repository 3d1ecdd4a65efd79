package dev.bistro.types;

import java.lang.reflect.Executable;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.Optional;

/**
 * A type that isn't completely known, so that nothing can be converted by it: reported at startup.
 *
 * @param what one sentence that names what is unknown
 * @param cure how to fix it
 */
public record OpenType(String what, String cure) {
    /** Finds a type variable that stands for nothing; empty if the type is completely known. */
    public static Optional<OpenType> of(Type type) {
        return Types.free(type).map(variable -> ofVariable(type, variable));
    }

    /** Finds a generic class without type arguments, such as {@code List}; empty if there is none. */
    public static Optional<OpenType> bare(Type type) {
        return Types.bare(type).map(bare -> ofBare(type, bare));
    }

    private static OpenType ofVariable(Type type, TypeVariable<?> variable) {
        String within = type instanceof TypeVariable ? "" : " in " + TypeNames.of(type);
        if (variable.getGenericDeclaration() instanceof Class<?> declaring) {
            String name = TypeNames.of(declaring);
            return new OpenType(
                    "Nothing says what " + variable.getName() + " of " + name + " stands for" + within + ".",
                    cure(declaring, name));
        }
        String name = ((Executable) variable.getGenericDeclaration()).getName();
        return new OpenType(
                "Nothing says what " + variable.getName() + " of the method " + name + " stands for" + within + ".",
                "Take a type that is known, and the type parameter off the method.");
    }

    private static String cure(Class<?> declaring, String name) {
        if (declaring.isInterface()) {
            return "Say it where it is implemented: implements " + name + arguments(declaring) + ".";
        }
        return Modifier.isAbstract(declaring.getModifiers())
                ? "Say it where it is extended: extends " + name + arguments(declaring) + "."
                : "Take the type parameters off " + name + ", of which an object is made as it is.";
    }

    private static OpenType ofBare(Type type, Class<?> bare) {
        String name = TypeNames.of(bare);
        String where = type == bare ? "" : " in " + TypeNames.of(type);
        return new OpenType(
                "Nothing says of what " + name + " is" + where + ".",
                "Write its type arguments, such as " + name + arguments(bare) + ".");
    }

    /** Type arguments as an example: {@code <Order>}, {@code <String, Order>}. */
    private static String arguments(Class<?> generic) {
        return "<" + "String, ".repeat(generic.getTypeParameters().length - 1) + "Order>";
    }
}
