package dev.bistro.http1;

import dev.bistro.net.Connection;

/**
 * Where requests come from, and who is told of them: the same for all of one connection.
 *
 * @param observers are told of each request
 * @param watch looks at handlers that don't end
 */
record RequestPlace(Connection connection, RequestObservers observers, HandlerWatch watch) {}
