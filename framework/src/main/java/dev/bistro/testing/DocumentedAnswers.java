package dev.bistro.testing;

import dev.bistro.Server;
import dev.bistro.http.BadRequestException;
import dev.bistro.http.Headers;
import dev.bistro.http.Method;
import dev.bistro.http.Status;
import dev.bistro.openapi.check.AnswerCheck;
import dev.bistro.openapi.check.AnswerCheck.Answer;
import dev.bistro.routing.PathTemplate;
import dev.bistro.routing.RouteEntry;
import dev.bistro.routing.RouteTable;
import dev.bistro.startup.Place;
import dev.bistro.startup.Problems;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Holds the responses of a server against its OpenAPI document. Which of the document's paths a request is for is found
 * as the server finds it.
 */
final class DocumentedAnswers {
    private static final Place PLACE = Place.of(DocumentedAnswers.class);

    private final AnswerCheck check;
    private final RouteTable<String> paths;
    private final boolean isCollecting;
    private final List<AssertionError> faults = new ArrayList<>();
    private boolean areChecked;

    private DocumentedAnswers(Server server, boolean isCollecting) {
        this.check = new AnswerCheck(server.openApi());
        this.paths = paths(server);
        this.isCollecting = isCollecting;
    }

    /** A response that isn't as the document says is thrown at once. */
    static DocumentedAnswers of(Server server) {
        return new DocumentedAnswers(server, false);
    }

    /** Such responses are collected, for one thread. */
    static DocumentedAnswers collecting(Server server) {
        return new DocumentedAnswers(server, true);
    }

    private static RouteTable<String> paths(Server server) {
        var known = new Problems(); // none: the server has started with these
        var builder = RouteTable.<String>builder(known);
        record Known(Method method, String path) {}
        server.routes().stream()
                .map(route -> new Known(route.method(), route.path()))
                .distinct()
                .forEach(route -> PathTemplate.parse(route.path, PLACE, known)
                        .ifPresent(template -> builder.add(
                                route.method, template, template.describe().plain(), PLACE)));
        return builder.build();
    }

    /** Whether the document has anything to say of the answers so far. */
    boolean areChecked() {
        return areChecked;
    }

    /** What was collected; empty if all is well. */
    String faults() {
        return String.join(
                "\n\n",
                faults.stream().map(AssertionError::getMessage).distinct().toList());
    }

    void check(Method method, String target, TestResponse response) {
        check(method, target, response.status(), response.headers(), Optional.of(response.bytes()), response::failure);
    }

    void check(Method method, String target, TestStream stream) {
        check(method, target, stream.status(), stream.headers(), Optional.empty(), stream::failure);
    }

    private void check(
            Method method,
            String target,
            Status status,
            Headers headers,
            Optional<byte[]> body,
            Function<String, AssertionError> failure) {
        Optional<String> path = path(method, target);
        if (path.isEmpty() || !check.has(method, path.get())) {
            return;
        }
        areChecked = true;
        List<String> found = check.faults(new Answer(method, path.get(), status, headers, body));
        if (!found.isEmpty()) {
            AssertionError fault =
                    failure.apply("The response isn't as the OpenAPI document says:\n  " + String.join("\n  ", found));
            if (!isCollecting) {
                throw fault;
            }
            faults.add(fault);
        }
    }

    private Optional<String> path(Method method, String target) {
        String path = target.split("[?#]", 2)[0];
        try {
            return paths.find(method, path) instanceof RouteEntry<String> route
                    ? Optional.of(route.target())
                    : Optional.empty();
        } catch (BadRequestException noPath) {
            return Optional.empty();
        }
    }
}
