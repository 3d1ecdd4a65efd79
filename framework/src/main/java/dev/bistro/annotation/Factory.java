package dev.bistro.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A class whose {@link Bean} methods make objects for injection: objects of classes that have no {@code @Inject}
 * constructor of their own.
 *
 * <pre>{@code
 * @Factory
 * final class Clocks {
 *     @Bean @Singleton Clock clock() { return Clock.systemUTC(); }
 * }
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Factory {}
