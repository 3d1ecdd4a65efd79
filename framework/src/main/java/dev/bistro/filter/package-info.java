/**
 * What stands before endpoints: the filters of a route, composed once at startup, and the objects that belong to one
 * request. Not API: users write {@code @Filter} classes.
 *
 * <p>In come {@code @Filter} classes and the target of a route; out goes a target with its filters around it. Begin with
 * {@link dev.bistro.filter.FilterFactory}, then {@link dev.bistro.filter.RouteFilters} for a start, and
 * {@link dev.bistro.filter.FilterCall} for a request.
 */
package dev.bistro.filter;
