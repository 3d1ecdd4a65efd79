package dev.bistro.controller;

import dev.bistro.http.NotFoundException;

/** 404: there is no route for the path. A controller that doesn't find something throws {@link NotFoundException}. */
final class RouteNotFoundException extends NotFoundException {
    private static final long serialVersionUID = 1L;

    RouteNotFoundException() {
        super("Route not found");
    }
}
