package dev.bistro.controller;

import dev.bistro.http.NotFoundException;

/** 404: no route leads anywhere from this path. What a controller doesn't find is another matter. */
final class RouteNotFoundException extends NotFoundException {
    private static final long serialVersionUID = 1L;

    RouteNotFoundException() {
        super("Route not found");
    }
}
