package dev.bistro.sample.files;

import dev.bistro.annotation.Filter;
import dev.bistro.annotation.Priority;
import dev.bistro.http.Chain;
import dev.bistro.http.Method;
import dev.bistro.http.Request;
import dev.bistro.http.Response;
import jakarta.inject.Inject;

/** Refuses what is switched off, before anybody is asked for a password. */
@Filter
@Priority(Priority.AUTHENTICATION)
final class AllowedMethods {
    private final Permissions permissions;

    @Inject
    AllowedMethods(Permissions permissions) {
        this.permissions = permissions;
    }

    Response<?> filter(Request request, Chain chain) {
        if (request.method().equals(Method.OPTIONS)) {
            return Response.noContent().withHeader("Allow", permissions.allow());
        }
        permissions.require(request.method());
        return chain.proceed();
    }
}
