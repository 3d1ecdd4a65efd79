package dev.bistro.sample.files;

import dev.bistro.http.Headers;
import dev.bistro.http.HttpException;
import dev.bistro.http.Request;
import dev.bistro.http.Status;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Who may do what, as the settings say it. Who somebody is, the {@link Login} has found out before. */
@Singleton
class Permissions {
    private static final Headers CHALLENGE = Headers.of("WWW-Authenticate", "Basic realm=\"Files\", charset=\"UTF-8\"");

    private final FilesSettings settings;

    @Inject
    Permissions(FilesSettings settings) {
        this.settings = settings;
    }

    /**
     * Lets only the user pass.
     *
     * @throws HttpException 401, which a browser asks for name and password upon
     */
    void requireLogin(Request request) {
        if (request.principal().isEmpty()) {
            throw new HttpException(
                    Status.UNAUTHORIZED, "This needs the user's name and password", CHALLENGE, List.of());
        }
    }

    /**
     * Lets those pass who may read.
     *
     * @throws HttpException 401 if that needs the password
     */
    void requireRead(Request request) {
        if (settings.loginToRead()) {
            requireLogin(request);
        }
    }

    /**
     * Lets those pass who may make a change.
     *
     * @throws HttpException 405 if it is switched off, 401 without the password
     */
    void require(Change change, Request request) {
        if (!change.isOn(settings)) {
            throw notAllowed(change.method() + " is switched off here");
        }
        requireLogin(request);
    }

    /**
     * Lets those pass who may make any change at all.
     *
     * @throws HttpException as {@link #require}
     */
    void requireAny(Request request) {
        if (switchedOn().isEmpty()) {
            throw notAllowed("Changes are switched off here");
        }
        requireLogin(request);
    }

    /** The changes that whoever sent the request may make. */
    Set<Change> granted(Request request) {
        return request.principal().isPresent() ? switchedOn() : Set.of();
    }

    /** Whether who sent the request could make changes after logging in. */
    boolean wantsLogin(Request request) {
        return !switchedOn().isEmpty() && request.principal().isEmpty();
    }

    /** A 405 with what is allowed. */
    HttpException notAllowed(String detail) {
        return new HttpException(Status.METHOD_NOT_ALLOWED, detail, Headers.of("Allow", allow()), List.of());
    }

    /** The methods that are switched on, for an {@code Allow} field; forms come by POST, whatever they change. */
    String allow() {
        return Stream.of(
                        Stream.of("GET", "HEAD", "OPTIONS"),
                        switchedOn().stream().map(Change::method),
                        switchedOn().stream().map(change -> "POST").distinct())
                .flatMap(methods -> methods)
                .sorted()
                .collect(Collectors.joining(", "));
    }

    private Set<Change> switchedOn() {
        var changes = EnumSet.allOf(Change.class);
        changes.removeIf(change -> !change.isOn(settings));
        return changes;
    }
}
