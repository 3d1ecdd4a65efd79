/**
 * Puts filters and the resources of a request around endpoints, composed once at startup. Not API: users write
 * {@code @Filter} classes.
 *
 * <p>In come {@code @Filter} classes and the target of a route; out goes a target with its filters around it. Begin
 * with {@link dev.bistro.filter.FilterFactory}, then {@link dev.bistro.filter.RouteFilters} for a start; and
 * {@code FilteredTarget} and {@code FilterCall}, then {@link dev.bistro.filter.ResourceTarget} for a request.
 */
package dev.bistro.filter;
