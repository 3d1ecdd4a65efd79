/**
 * Finds the target for a method and a path, or 404, or 405 with {@code Allow}. Doesn't know what a target is. The only
 * place that splits and decodes a request's path; what a rest variable holds is split by {@code file}. Not API.
 *
 * <p>In come path templates with their targets, then methods and paths; out goes a route, or the reason why there is
 * none. Begin with {@link dev.bistro.routing.RouteTable}, then {@code Node} for a lookup,
 * {@link dev.bistro.routing.PathTemplate} and {@code TemplateParser} for templates, and {@code PathReading} for paths
 * that could be understood differently.
 */
package dev.bistro.routing;
