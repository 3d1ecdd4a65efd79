package dev.bistro.controller;

import dev.bistro.http.MediaType;
import java.util.List;
import java.util.Optional;

/**
 * One of several endpoints of a route: a handler, with one of the media types that it produces.
 *
 * @param consumes the media types or ranges of bodies that it reads; {@code *}{@code /*} if it reads any, or none
 * @param produces the media type of its answers; empty if that isn't known beforehand
 */
record EndpointVariant(
        List<MediaType> consumes, Optional<MediaType> produces, RoutedTarget target, RouteDescription description) {}
