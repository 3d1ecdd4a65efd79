/**
 * Dependency injection: builds the user's objects, by the annotations of {@code jakarta.inject}. Not API: its types are
 * public for the front door, {@code controller}, {@code filter} and {@code lifecycle} only.
 *
 * <p>At startup, the application's classes and objects come in through {@link dev.bistro.inject.ContainerBuilder}, and
 * a {@link dev.bistro.inject.Container} goes out, or problems. The terms: a {@code Key} is what an injection point asks
 * for, a {@code Recipe} tells how to make an object, an {@code ObjectProvider} makes it with its dependencies, and its
 * subclasses keep it as long as its {@code Lifetime} says.
 *
 * <p>Begin with {@code ContainerBuilder}, then {@code Recipes} (which recipe a key gets), {@code DependencyGraph} (what
 * depends on what) and {@code Container}.
 */
package dev.bistro.inject;
