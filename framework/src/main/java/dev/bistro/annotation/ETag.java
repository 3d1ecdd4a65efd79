package dev.bistro.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Gives responses an {@code ETag}, so that a client isn't sent again what it has already.
 *
 * <p>On a record's component, the tag is that component's value, the version of what the record shows:
 * {@code record Product(long id, String name, @ETag long version)}. Responses to GET and PATCH and the 201 of a POST
 * have it; a GET whose {@code If-None-Match} names it is answered with 304. The version has to change with each change
 * of the record. {@link IfMatch} takes the version back with the next change.
 *
 * <p>On a GET method, the tag is a hash of the response's body: that saves sending the body, not making it.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-8.8.3">RFC 9110, section 8.8.3</a>
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.RECORD_COMPONENT})
public @interface ETag {}
