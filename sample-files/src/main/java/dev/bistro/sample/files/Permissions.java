package dev.bistro.sample.files;

import dev.bistro.http.HttpException;
import dev.bistro.http.Method;
import dev.bistro.http.Status;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.EnumSet;
import java.util.Set;
import java.util.TreeSet;

/** Which changes are switched on. Only the user may make them, as the controllers' annotations say. */
@Singleton
class Permissions {
    private final Set<Change> changes = EnumSet.allOf(Change.class);
    private final Set<String> methods = new TreeSet<>(Set.of("GET", "HEAD", "OPTIONS"));

    @Inject
    Permissions(FilesSettings settings) {
        changes.removeIf(change -> !change.isOn(settings));
        for (Change change : changes) {
            methods.add(change.method());
            methods.add("POST"); // forms come by it, whatever they change
        }
    }

    /** The changes that are switched on. */
    Set<Change> changes() {
        return changes;
    }

    /** The methods that are left, for an {@code Allow} field. */
    String allow() {
        return String.join(", ", methods);
    }

    /**
     * Lets methods pass that are left.
     *
     * @throws HttpException 405 for another
     */
    void require(Method method) {
        if (!methods.contains(method.name())) {
            throw notAllowed(method + " is not allowed here");
        }
    }

    /**
     * Lets a change pass that is switched on.
     *
     * @throws HttpException 405 if it isn't
     */
    void require(Change change) {
        require(Method.of(change.method()));
    }

    /** A 405 with what is allowed. */
    HttpException notAllowed(String detail) {
        return new HttpException(Status.METHOD_NOT_ALLOWED, detail).withHeader("Allow", allow());
    }
}
