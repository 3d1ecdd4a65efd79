package dev.bistro.controller;

import dev.bistro.access.AccessRule;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What answers the requests of a route, for people.
 *
 * @param access who may call it
 * @param filters in the order in which they get the request
 * @param handler the method that answers: {@code ProductController.find(long)}
 */
record RouteDescription(AccessRule access, List<String> filters, String handler) {
    /** The way of a request: {@code AccessLog → AdminsOnly → ProductController.find(long)}. */
    @Override
    public String toString() {
        return Stream.concat(filters.stream(), Stream.of(handler)).collect(Collectors.joining(" → "));
    }
}
