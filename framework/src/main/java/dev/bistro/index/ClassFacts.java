package dev.bistro.index;

import java.lang.annotation.Annotation;
import java.util.Collection;

/** What is known of a class without loading it, from its class file or from the compiler. */
public interface ClassFacts {
    /** The kind of type. */
    Kind kind();

    /** Whether it is a local or anonymous class, which no other code can name. */
    boolean isLocal();

    /** Whether it is an inner class, whose objects belong to an object of another class. */
    boolean isInner();

    /** The binary names of its annotations. */
    Collection<String> annotations();

    /** Whether an annotation is on one of the constructors, methods or fields that it declares. */
    boolean hasMember(Class<? extends Annotation> annotation);

    /** The binary names of the class and interfaces that it directly extends and implements. */
    Collection<String> supertypes();

    /** Kinds of types. */
    enum Kind {
        /** A class that can be instantiated. */
        CLASS,
        /** An abstract class or an interface. */
        ABSTRACT,
        /** A record or enum. */
        VALUE,
        /** An annotation type. */
        ANNOTATION
    }
}
