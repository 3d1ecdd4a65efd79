package dev.bistro.openapi.document;

import dev.bistro.description.DescribedAccess;
import dev.bistro.description.DescribedMessage;
import dev.bistro.description.DescribedPath;
import dev.bistro.description.DescribedRoute;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes operations of routes. */
record Operations(
        OperationNames names,
        DocumentWords words,
        Parameters parameters,
        RequestBodies bodies,
        Responses responses,
        MediaContent media,
        SecuritySchemes security) {
    /**
     * The operation of a route.
     *
     * @param shown the path that it is shown at, whose variables may have other names
     */
    Map<String, Object> of(DescribedRoute route, DescribedPath shown) {
        Optional<String> text = route.handler().flatMap(words::of);
        Optional<String> summary = text.map(DocumentWords::summary);
        boolean isMore = text.isPresent() && !text.get().replaceAll("\\.$", "").equals(summary.get());
        DescribedAccess access = route.access();
        boolean isOpen = access.who() == DescribedAccess.Who.ANYBODY;
        Map<String, Object> operation = Tree.of(
                "tags",
                List.of(OperationNames.tag(route)),
                "summary",
                summary,
                "description",
                isMore ? text : Optional.empty(),
                "operationId",
                names.of(route),
                "parameters",
                parameters.of(route, shown),
                "requestBody",
                bodies.of(route));
        operation.put("responses", responses.of(route));
        if (route.isDeprecated()) {
            operation.put("deprecated", true);
        }
        security.of(access).ifPresent(needs -> operation.put("security", needs));
        if (!route.messages().isEmpty()) {
            operation.put("x-websocket", messages(route.messages()));
        }
        if (!isOpen) {
            operation.put("x-access", access.toString());
        }
        return operation;
    }

    /** The messages of a WebSocket, which OpenAPI has no words for, as schemas of each kind. */
    private Map<String, Object> messages(List<DescribedMessage> all) {
        var received = new ArrayList<Object>();
        var sent = new ArrayList<Object>();
        all.forEach(message -> (message.isReceived() ? received : sent).add(media.message(message)));
        return Tree.of("receives", received, "sends", sent);
    }
}
