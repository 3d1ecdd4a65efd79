package dev.bistro.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A header of a method's successful answer: {@code @Header(name = "Cache-Control", value = "no-store")}. It can be repeated.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@Repeatable(Header.All.class)
public @interface Header {
    /** The header's name, a token. */
    String name();

    /** The header's value. */
    String value();

    /** Holds repeated {@link Header}s. */
    @Documented
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.METHOD)
    @interface All {
        /** The headers, in their order. */
        Header[] value();
    }
}
