package dev.bistro.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The object that is injected where several could be, on a class or on a {@link Bean} method. It stands before all
 * others of the type that a place asks for, also before a class that is exactly this type; an object that a program
 * gives to {@code Bistro.app(…).with(…)} stands before it. Only objects with the qualifier of the place, or without one
 * like the place, are compared.
 *
 * <pre>{@code
 * @Primary
 * @Singleton
 * final class CardPayment implements Payment { … }     // Payment payment
 *
 * final class InvoicePayment implements Payment { … }  // List<Payment> all has both
 * }</pre>
 *
 * <p>Two of them for the same place are a startup fault.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface Primary {}
