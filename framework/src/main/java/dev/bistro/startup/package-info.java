/**
 * Faults that can be found before the first request.
 *
 * <p>All rooms that work at startup add a {@link dev.bistro.startup.Problem} for each fault, with its {@link
 * dev.bistro.startup.Place} and its cure, to one {@link dev.bistro.startup.Problems}. None comes out of that, or one
 * {@link dev.bistro.startup.StartupException} that reports all of them.
 *
 * <p>Begin with {@code Problem}, then {@code Problems} and {@code StartupException}.
 */
package dev.bistro.startup;
