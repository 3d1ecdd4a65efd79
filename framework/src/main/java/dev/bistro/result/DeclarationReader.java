package dev.bistro.result;

import dev.bistro.annotation.Header;
import dev.bistro.annotation.Produces;
import dev.bistro.http.Headers;
import dev.bistro.http.MediaType;
import dev.bistro.http.Status;
import dev.bistro.startup.Place;
import dev.bistro.startup.Problem;
import dev.bistro.startup.Problems;
import dev.bistro.startup.Suggestion;
import dev.bistro.types.ResolvedMethod;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Reads the annotations of results. One that is wrong becomes a problem, and is left out. */
final class DeclarationReader {
    private static final Set<String> OF_THE_SERVER = Set.of(
            "connection", "content-length", "date", "keep-alive", "te", "trailer", "transfer-encoding", "upgrade");

    private static final List<String> COMMON_TYPES = List.of(
            "application/json",
            "text/plain",
            "text/html",
            "text/css",
            "text/csv",
            "application/xml",
            "image/png",
            "image/svg+xml");

    private final Problems problems;

    DeclarationReader(Problems problems) {
        this.problems = problems;
    }

    /**
     * Reads those of a method.
     *
     * @param status the method, or the class that says the status for it
     */
    Declaration read(ResolvedMethod resolved, AnnotatedElement status) {
        Method method = resolved.method();
        return new Declaration(
                ResultOrigin.of(method),
                status(status, Place.of(method)),
                headers(method),
                produces(resolved).stream().findFirst());
    }

    /** The {@code @Status} of a method or record. */
    Optional<Status> status(AnnotatedElement element, Place place) {
        var annotation = element.getAnnotation(dev.bistro.annotation.Status.class);
        if (annotation == null) {
            return Optional.empty();
        }
        int code = annotation.value();
        if (code < 200 || code > 599) {
            problems.add(Problem.of("invalid-status", "@Status(" + code + ") is not the status of an answer.")
                    .at(place)
                    .cure("Write a code from 200 to 599, such as @Status(202)."));
            return Optional.empty();
        }
        return Optional.of(Status.of(code));
    }

    private Headers headers(Method method) {
        Headers headers = Headers.empty();
        for (Header header : method.getAnnotationsByType(Header.class)) {
            if (header.value().isEmpty() && !header.name().isEmpty()) {
                add(
                        Place.of(method),
                        "misused-header",
                        "@Header on a method needs a name and a value.",
                        "Write both: @Header(name = \"Cache-Control\", value = \"no-store\").");
            } else if (!isReserved(Place.of(method), header.name())) {
                headers = plus(headers, header, method);
            }
        }
        return headers;
    }

    private Headers plus(Headers headers, Header header, Method method) {
        try {
            return headers.plus(header.name(), header.value());
        } catch (IllegalArgumentException e) {
            add(
                    Place.of(method),
                    "invalid-header",
                    "@Header(name = \"" + header.name() + "\") can't be sent.",
                    e.getMessage() + ".");
            return headers;
        }
    }

    /** Whether a header isn't for the application to set, which becomes a problem. */
    boolean isReserved(Place place, String name) {
        String lowerCase = name.toLowerCase(Locale.ROOT);
        String what = "@Header(name = \"" + name + "\") is not for the application to set.";
        if (lowerCase.equals("content-type")) {
            add(place, "reserved-header", what, "Write @Produces on the method instead.");
            return true;
        }
        if (OF_THE_SERVER.contains(lowerCase)) {
            add(place, "reserved-header", what, "Leave it away: the server sets it where it belongs.");
            return true;
        }
        return false;
    }

    /** The media types of {@code @Produces}, of the method or else of its class; empty if there is none. */
    List<MediaType> produces(ResolvedMethod method) {
        return method.annotation(Produces.class).stream()
                .flatMap(annotation -> Arrays.stream(annotation.value()))
                .flatMap(text -> mediaType(method.method(), text).stream())
                .distinct()
                .toList();
    }

    private Optional<MediaType> mediaType(Method method, String text) {
        String what = "@Produces(\"" + text + "\") is not a media type";
        try {
            MediaType type = MediaType.parse(text);
            if (!type.isRange()) {
                return Optional.of(type);
            }
            add(
                    Place.of(method),
                    "invalid-media-type",
                    what + " but a range of them.",
                    "Name what is written, such as @Produces(\"text/plain\").");
        } catch (IllegalArgumentException e) {
            String cure = Suggestion.nearest(text, COMMON_TYPES)
                    .map(near -> "Did you mean @Produces(\"" + near + "\")?")
                    .orElse("Write type and subtype, such as @Produces(\"text/html\").");
            add(Place.of(method), "invalid-media-type", what + ".", cure);
        }
        return Optional.empty();
    }

    private void add(Place place, String id, String what, String cure) {
        problems.add(Problem.of(id, what).at(place).cure(cure));
    }
}
