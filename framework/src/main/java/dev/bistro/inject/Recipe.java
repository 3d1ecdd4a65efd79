package dev.bistro.inject;

import dev.bistro.startup.Place;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * How an object is made, decided at startup. Recipes that use constructors, methods and fields are made by
 * {@link MemberRecipes}; those here have no dependencies.
 *
 * @param kind where the object comes from
 * @param key what it makes: a type and perhaps a qualifier
 * @param declaredType the type that the user's code names, with all arguments that are known: {@code Converter<Money>}
 * @param location gives the {@link #place}; only messages need it, and it may read class files
 * @param lifetime how long an object is used, and by whom
 * @param standing how it stands among others that make the same
 * @param dependencies what it needs, in the order of the arguments
 * @param factory makes an object
 */
record Recipe(
        Kind kind,
        Key key,
        Type declaredType,
        Supplier<Place> location,
        Lifetime lifetime,
        Standing standing,
        List<Dependency> dependencies,
        Factory factory) {
    enum Kind {
        /** An object that was bound. It exists already, and the container doesn't close it. */
        INSTANCE,
        /** An object that each request brings with it, such as the request itself. */
        REQUEST_OBJECT,
        /** What belongs to what the calling thread does at the moment, such as a transaction; asked for each time. */
        CURRENT,
        /** The only constant of an enum. */
        ENUM_CONSTANT,
        /** A class that is made by its constructor. */
        CLASS,
        /** The result of a {@code @Bean} method. */
        BEAN,
        /** The static {@code @Inject} members of a class; it makes nothing, and gives the class. */
        STATIC_MEMBERS,
        /** A class that can't be loaded, which is a problem already: nothing is made then. */
        UNLOADABLE
    }

    /** Makes an object of a recipe's dependencies. */
    @FunctionalInterface
    interface Factory {
        /** Throws what the user's code throws. */
        Object make(Object[] arguments) throws Throwable;
    }

    /** An object that exists already; null for one whose absence is among the problems. */
    static Recipe ofInstance(Key key, Object instance) {
        return withoutDependencies(
                Kind.INSTANCE,
                key,
                // The object's class says more than the class that it is bound to, but nothing of type arguments.
                instance == null || !(key.type() instanceof Class) ? key.type() : instance.getClass(),
                () -> new Place(
                        "the binding of " + key + (instance == null ? "" : ", " + Place.name(instance.getClass()))),
                Lifetime.UNSCOPED, // and therefore neither closed nor told to the listener
                instance == null ? Standing.USUAL : Standing.of(instance.getClass(), Optional.empty()),
                () -> instance);
    }

    /** See {@link Kind#REQUEST_OBJECT}. */
    static Recipe ofRequestObject(Key key) {
        return withoutDependencies(
                Kind.REQUEST_OBJECT,
                key,
                key.type(),
                () -> new Place("what each request brings"),
                Lifetime.REQUEST,
                Standing.USUAL,
                () -> {
                    throw new IllegalStateException("A request brings its " + key);
                });
    }

    /** See {@link Kind#CURRENT}. */
    static Recipe ofCurrent(Key key, Supplier<Object> current) {
        return withoutDependencies(
                Kind.CURRENT,
                key,
                key.type(),
                () -> new Place("what a request has at the moment"),
                Lifetime.REQUEST,
                Standing.USUAL,
                current);
    }

    /** See {@link Kind#ENUM_CONSTANT}. */
    static Recipe ofEnumConstant(Key key, Object constant, Standing standing) {
        return withoutDependencies(
                Kind.ENUM_CONSTANT,
                key,
                key.type(),
                () -> Place.of(key.rawType()),
                Lifetime.SINGLETON,
                standing,
                () -> constant);
    }

    /** See {@link Kind#UNLOADABLE}. */
    static Recipe unloadable(Key key) {
        return withoutDependencies(
                Kind.UNLOADABLE,
                key,
                key.type(),
                () -> Place.of(key.rawType()),
                Lifetime.UNSCOPED,
                Standing.USUAL,
                () -> {
                    throw new IllegalStateException(key + " can't be loaded");
                });
    }

    private static Recipe withoutDependencies(
            Kind kind,
            Key key,
            Type declaredType,
            Supplier<Place> location,
            Lifetime lifetime,
            Standing standing,
            Supplier<Object> object) {
        return new Recipe(kind, key, declaredType, location, lifetime, standing, List.of(), arguments -> object.get());
    }

    /** Where in the user's code it is written. */
    Place place() {
        return location.get();
    }

    /** The key with the place where it is written, and the library, for a message that lists several. */
    String described() {
        return key + " by " + place()
                + standing.library().map(name -> " of the library " + name).orElse("");
    }

    /** Makes an object; throws what the user's code throws. */
    Object make(Object[] arguments) throws Throwable {
        return factory.make(arguments);
    }

    /** Compares by identity: there is one recipe for each place in the user's code. */
    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
