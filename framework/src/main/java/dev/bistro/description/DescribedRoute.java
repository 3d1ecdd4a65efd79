package dev.bistro.description;

import dev.bistro.http.Method;
import java.util.List;
import java.util.Optional;

/**
 * A route, with what answers its requests. Where several methods of controllers answer the same requests and are chosen
 * by media types, each has a route of its own here.
 *
 * @param kind what answers
 * @param method the request method; GET answers HEAD too, unless another route does
 * @param path its template
 * @param controller the class of the controller or WebSocket; empty for files
 * @param handler the method that answers; empty for WebSockets and files
 * @param place what answers, for people: {@code ProductController.find(long)}
 * @param parameters what is taken from requests, in the order of the method's parameters; the components of a
 *     {@code @BeanParam} or of a record of form fields stand in its place
 * @param body what is read of a request's body; empty if nothing is
 * @param responses what is answered if nothing is wrong with a request
 * @param errors what is answered otherwise, as problem details, so far as the route's parts give it themselves.
 *     Handlers and filters may answer more, and a server may always fail
 * @param failures what methods for exceptions may answer, whichever exception it is
 * @param messages what comes and goes once a WebSocket is open, so far as its methods take and return it; whatever
 *     else the application sends isn't known
 * @param access who may call it
 * @param limits what its annotations limit
 * @param filters those that its requests pass before, in this order
 * @param running on which threads it runs
 * @param isDeprecated whether {@code @Deprecated} is on the method or its class
 */
public record DescribedRoute(
        Kind kind,
        Method method,
        DescribedPath path,
        Optional<Class<?>> controller,
        Optional<java.lang.reflect.Method> handler,
        String place,
        List<DescribedParameter> parameters,
        Optional<DescribedBody> body,
        List<DescribedResponse> responses,
        List<DescribedError> errors,
        List<DescribedResponse> failures,
        List<DescribedMessage> messages,
        DescribedAccess access,
        DescribedLimits limits,
        List<DescribedFilter> filters,
        Running running,
        boolean isDeprecated) {
    /** What answers a route's requests. */
    public enum Kind {
        /** A method of a controller. */
        HANDLER,
        /** The handshake of a {@code @WebSocket} class. */
        WEB_SOCKET,
        /** A folder of {@code @StaticFiles}. */
        FILES
    }

    /** On which threads code runs. */
    public enum Running {
        /** On the event loop: it never waits. */
        INLINE,
        /** On the event loop while it is quick, and apart once it has taken too long. */
        ADAPTIVE,
        /** On a thread of its own. */
        APART
    }

    /** Copies the lists. */
    public DescribedRoute {
        parameters = List.copyOf(parameters);
        responses = List.copyOf(responses);
        errors = List.copyOf(errors);
        failures = List.copyOf(failures);
        messages = List.copyOf(messages);
        filters = List.copyOf(filters);
    }
}
