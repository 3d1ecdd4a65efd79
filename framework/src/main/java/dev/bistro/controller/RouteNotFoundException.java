package dev.bistro.controller;

import dev.bistro.http.NotFoundException;

/** 404: there is no route for the path. A controller that doesn't find something throws {@link NotFoundException}. */
final class RouteNotFoundException extends NotFoundException {
    private static final long serialVersionUID = 1L;

    RouteNotFoundException() {
        super("Route not found");
    }

    /** Without a stack trace: it says nothing of a client's fault, and costs more than the rest of the answer. */
    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
