package dev.bistro.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Fills a record from the request: each component is bound as a parameter with its name and annotations would be.
 *
 * <pre>{@code
 * record Page(@DefaultValue("20") int limit, @DefaultValue("0") int offset) {}
 *
 * @Get ProductList list(@BeanParam Page page) { … }   // ?limit=10&offset=30
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.PARAMETER, ElementType.RECORD_COMPONENT})
public @interface BeanParam {}
