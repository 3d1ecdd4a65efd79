package dev.bistro.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Takes the version that the client knows, which an {@link ETag} component gave it, from the header {@code If-Match}.
 * The method compares the version and makes its change in one step, and throws {@code PreconditionFailedException} if
 * there is another version by now.
 *
 * <pre>{@code
 * @Put("/{id}")
 * Product replace(long id, @IfMatch long version, NewProduct product) { … }
 * }</pre>
 *
 * <p>A request without the header is answered with 428, unless the parameter is an {@link java.util.Optional}, which is
 * empty then. A weak tag, or one that is no version, is answered with 412. A {@code List} or {@code Set} takes several
 * tags; for any other type, several tags are answered with 400.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-13.1.1">RFC 9110, section 13.1.1</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6585#section-3">RFC 6585, section 3</a>
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.PARAMETER, ElementType.RECORD_COMPONENT})
public @interface IfMatch {}
