/**
 * Types and members as a concrete class has them: what its type variables stand for, which methods override which, and
 * what types are called. Not API: whoever looks at a method or a type of the user's does it through this room, so that
 * generics, bridges and interfaces' default methods are right in one place.
 */
package dev.bistro.types;
