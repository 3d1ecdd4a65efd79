package dev.bistro.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Gives answers an {@code ETag}, so that a client needn't be sent what it has.
 *
 * <p>On a record's component it is the version of what the record shows: {@code record Product(long id, String name, @ETag long version)}. Answers to GET, PATCH, and
 * the 201 of a POST get it; a GET whose {@code If-None-Match} names it is a 304. It changes with each change of the record, and {@link IfMatch} takes
 * it back for the next.
 *
 * <p>On a GET method it is a hash of the answer's body: that saves sending it, not making it.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-8.8.3">RFC 9110, section 8.8.3</a>
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.RECORD_COMPONENT})
public @interface ETag {}
