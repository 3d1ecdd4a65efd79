package dev.bistro.index;

import java.lang.annotation.Annotation;
import java.util.Collection;

/** What is known of a class without loading it: told by a class file, or by a compiler. */
public interface ClassFacts {
    /** What kind of type it is. */
    Kind kind();

    /** Whether it is declared inside a method or expression, where nobody else can name it. */
    boolean isLocal();

    /** Whether objects of it belong to an object of another class. */
    boolean isInner();

    /** The full names of the annotations on it. */
    Collection<String> annotations();

    /** Whether an annotation is on one of the constructors, methods or fields that it declares. */
    boolean hasMember(Class<? extends Annotation> annotation);

    /** The full names of what it extends and implements itself. */
    Collection<String> supertypes();

    /** Kinds of types. */
    enum Kind {
        /** A class of which objects can be made. */
        CLASS,
        /** A class of which none can be made, and an interface. */
        ABSTRACT,
        /** A record or enum: a class whose objects are values, unless it stands for what it implements. */
        VALUE,
        /** An annotation. */
        ANNOTATION
    }
}
