package dev.bistro.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * How long the body of a request may be for a method, or for each method of a controller that reads one; 413 above it.
 *
 * <pre>{@code
 * @Post @MaxBody("16KiB") Note add(NewNote note) { … }           // less than the 2 MiB of server.max-body-size
 * @Put("/{name}") @MaxBody("20MB") void put(byte[] image) { … }  // more than that
 * }</pre>
 *
 * <p>A body that is announced to be longer is refused before any of it is read; one of unknown length as soon as more
 * has come. The size of a compressed body counts as it is sent and as it is decoded. The annotation of a method takes
 * the place of that of its class. It may also be on a method that is overridden, or on a class or interface above.
 *
 * <p>A body that is read as a whole may be as long as the server has memory for ({@code server.max-buffered-size}), 1
 * GiB at most, and a form with files as long as {@code server.max-form-size}; a larger limit is a startup fault, as is
 * one on a method that reads no body. For an {@code InputStream}, whose length the server doesn't limit otherwise, it
 * can be any.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface MaxBody {
    /** The size: a number and B, kB, MB, GB, KiB, MiB or GiB; or a setting: {@code ${shop.max-image:20MB}}. */
    String value();
}
