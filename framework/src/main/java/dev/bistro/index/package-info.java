/**
 * The index of an application's classes, which the compiler writes so that a start needs no scan. Not API: its types
 * are public for {@code scan}, and its annotation processor for the compiler.
 *
 * <p>In: the classes that are compiled; later, at startup, the class path with the indexes on it. Out: the names of the
 * classes that the application may need, or the reason why the index can't be used. Begin with
 * {@link dev.bistro.index.ApplicationRule}, then {@link dev.bistro.index.IndexProcessor}, which writes, and
 * {@link dev.bistro.index.ClassIndex}, which reads.
 *
 * <p>The rule and {@link dev.bistro.index.ClassFacts}, by which it knows a class, are shared with {@code scan}: where
 * there is no index that can be used, that finds the same classes in the class files.
 */
package dev.bistro.index;
