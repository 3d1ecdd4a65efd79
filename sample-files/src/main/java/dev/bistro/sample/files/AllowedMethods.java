package dev.bistro.sample.files;

import dev.bistro.annotation.ExceptionHandler;
import dev.bistro.http.HttpException;
import dev.bistro.http.Request;
import dev.bistro.http.Response;
import dev.bistro.http.Status;
import jakarta.inject.Inject;

/** Bistro allows each method that a controller has; some of ours may be switched off. */
final class AllowedMethods {
    private final Permissions permissions;

    @Inject
    AllowedMethods(Permissions permissions) {
        this.permissions = permissions;
    }

    /** Says of a method that there is none of what is really allowed; any other error stays as it is. */
    @ExceptionHandler
    Response<Void> correct(HttpException fault, Request request) {
        boolean isListed = fault.headers()
                .first("Allow")
                .filter(permissions.allow()::equals)
                .isPresent();
        if (fault.status().equals(Status.METHOD_NOT_ALLOWED) && !isListed) {
            throw permissions.notAllowed(request.method() + " is not allowed here");
        }
        throw fault;
    }
}
