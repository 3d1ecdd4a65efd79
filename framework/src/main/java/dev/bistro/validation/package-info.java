/**
 * Constraints on methods' parameters and on settings, where jakarta.validation is on the class path. Not API: its types
 * are public for other rooms only.
 *
 * <p>In come methods and classes at startup, arguments later; out come a check for each method that has constraints,
 * and then the violations. Begin with {@link dev.bistro.validation.Constraints}, then
 * {@link dev.bistro.validation.JakartaConstraints} (what is checked), {@link dev.bistro.validation.ConstraintAudit}
 * (what is wrong at startup) and {@link dev.bistro.validation.MethodCheck} (what runs at request time).
 */
package dev.bistro.validation;
