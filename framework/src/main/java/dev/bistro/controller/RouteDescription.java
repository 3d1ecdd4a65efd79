package dev.bistro.controller;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a request comes to, for people.
 *
 * @param filters in the order in which they get the request
 * @param handler what answers it: {@code ProductController.find(long)}
 */
record RouteDescription(List<String> filters, String handler) {
    /** The way of the request: {@code AccessLog → AdminsOnly → ProductController.find(long)}. */
    @Override
    public String toString() {
        return Stream.concat(filters.stream(), Stream.of(handler)).collect(Collectors.joining(" → "));
    }
}
