/**
 * Which classes an application has: read from the index that the annotation processor wrote, or found by a scan of the
 * class path. Not API. The only room that uses ClassGraph.
 *
 * <p>In comes the application class; out go the classes by what they are. Begin with
 * {@link dev.bistro.scan.ApplicationClasses}, then {@link dev.bistro.scan.ApplicationFinder}.
 */
package dev.bistro.scan;
