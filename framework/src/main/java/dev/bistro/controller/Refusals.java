package dev.bistro.controller;

import dev.bistro.exception.ErrorMapper;
import dev.bistro.filter.RouteFilters;
import dev.bistro.http.HttpException;
import dev.bistro.http.spi.ServerRequest;
import dev.bistro.http.spi.Target;
import java.util.function.Function;

/**
 * Makes what turns requests down that no endpoint of a route is for.
 *
 * @param filters those that are for all of its endpoints
 */
record Refusals(ErrorMapper errors, RouteFilters filters) {
    Target of(Function<ServerRequest, HttpException> why) {
        return filters.aroundInScope(new Refusal(why, errors));
    }
}
