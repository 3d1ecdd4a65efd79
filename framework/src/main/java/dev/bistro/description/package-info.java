/**
 * What is known of an application's routes once it has been put together: as values, for the table of {@code --routes},
 * the description by OpenAPI, and tests. Not API: its types are public for the rooms that say something about a route.
 *
 * <p>Nothing here reads an annotation or decides anything. Whatever decides something about a route (a binder, a writer
 * of results, a guard, a limit) describes itself with these types, so that a description can't differ from what
 * happens. In come these parts at startup; out goes a {@link dev.bistro.description.DescribedApplication}.
 *
 * <p>Begin with {@link dev.bistro.description.DescribedRoute}.
 */
package dev.bistro.description;
