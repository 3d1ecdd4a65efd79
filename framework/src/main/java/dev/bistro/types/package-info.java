/**
 * Types and members as a concrete class has them: what its type variables stand for, which methods override which, and
 * what types are called. Not API: whoever looks at a method or a type of the user's does it through this room, so that
 * generics, bridges and interfaces' default methods are right in one place.
 *
 * <p>In: classes, types and methods from reflection. Out: the same, resolved, and their names for messages. Begin with
 * {@link dev.bistro.types.ResolvedMethod}, then {@link dev.bistro.types.Hierarchy}, for overriding, and
 * {@link dev.bistro.types.Types}, for generics.
 */
package dev.bistro.types;
