/**
 * From a method and a path to a target, or 404, or 405 with {@code Allow}; it doesn't know what a target is. Not API: its types are
 * public for the controller room only.
 */
package dev.bistro.routing;
