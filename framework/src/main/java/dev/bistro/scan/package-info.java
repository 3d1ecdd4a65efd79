/**
 * Finds the classes of an application: in the index that the annotation processor wrote, or by a scan of the class
 * path. Not API. The only room that uses ClassGraph.
 *
 * <p>In comes the application class; out go its controllers and components. Begin with
 * {@link dev.bistro.scan.ApplicationClasses}, then {@code ApplicationFinder} and {@code ControllerScanner}.
 */
package dev.bistro.scan;
