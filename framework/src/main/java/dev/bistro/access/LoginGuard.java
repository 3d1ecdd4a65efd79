package dev.bistro.access;

import dev.bistro.auth.Login;
import dev.bistro.filter.RouteGuard;
import dev.bistro.http.ForbiddenException;
import dev.bistro.http.spi.ServerRequest;
import java.util.function.Supplier;

/**
 * Stands before a route that isn't for everybody. Immutable.
 *
 * @param logins gives them, when all routes are known
 */
record LoginGuard(AccessRule rule, Supplier<Logins> logins) implements RouteGuard.Check {
    @Override
    public void check(ServerRequest request) {
        if (rule.who() == AccessRule.Who.NOBODY) {
            throw new ForbiddenException("This is for nobody.");
        }
        Login login = logins.get().require(request);
        if (rule.who() == AccessRule.Who.ROLES && rule.roles().stream().noneMatch(login::hasRole)) {
            throw new ForbiddenException("This is only for those who have another role.");
        }
    }
}
