package dev.bistro.observe.tracing;

import dev.bistro.http.MatchedRoute;
import dev.bistro.http.spi.ServerRequest;
import dev.bistro.observe.AddressText;
import dev.bistro.observe.SecretParameters;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanBuilder;
import java.util.Optional;
import java.util.Set;

/** The attributes of requests, which are all known when a span begins, so that samplers can choose by them. */
final class RequestAttributes {
    static final AttributeKey<Long> STATUS = AttributeKey.longKey("http.response.status_code");
    static final AttributeKey<String> ERROR = AttributeKey.stringKey("error.type");

    private static final AttributeKey<String> METHOD = AttributeKey.stringKey("http.request.method");
    private static final AttributeKey<String> SENT_METHOD = AttributeKey.stringKey("http.request.method_original");
    private static final AttributeKey<String> ROUTE = AttributeKey.stringKey("http.route");
    private static final AttributeKey<String> SCHEME = AttributeKey.stringKey("url.scheme");
    private static final AttributeKey<String> PATH = AttributeKey.stringKey("url.path");
    private static final AttributeKey<String> QUERY = AttributeKey.stringKey("url.query");
    private static final AttributeKey<String> HOST = AttributeKey.stringKey("server.address");
    private static final AttributeKey<Long> PORT = AttributeKey.longKey("server.port");
    private static final AttributeKey<String> CLIENT = AttributeKey.stringKey("client.address");
    private static final AttributeKey<String> VERSION = AttributeKey.stringKey("network.protocol.version");
    private static final AttributeKey<String> USER_AGENT = AttributeKey.stringKey("user_agent.original");

    /** Those that have a name of their own; a client can make up any number of others. */
    private static final Set<String> METHODS =
            Set.of("CONNECT", "DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT", "QUERY", "TRACE");

    private static final String OTHER_METHOD = "_OTHER";

    /** What begins the name of a span with another method. */
    private static final String ANY_METHOD = "HTTP";

    /** What is longer is cut: exporters hold many spans, and clients choose these texts. */
    private static final int MAX_LENGTH = 8 * 1024;

    private RequestAttributes() {}

    /** The name of a request's span: {@code GET /items/{id}}, or {@code GET} without a route. */
    static String spanName(ServerRequest request) {
        String name = request.method().name();
        String method = METHODS.contains(name) ? name : ANY_METHOD;
        return request.route().map(route -> method + " " + route.template()).orElse(method);
    }

    /** A span with what is known of its request when that begins. */
    static SpanBuilder begun(SpanBuilder span, ServerRequest request) {
        String method = request.method().name();
        boolean isKnown = METHODS.contains(method);
        span.setAttribute(METHOD, isKnown ? method : OTHER_METHOD);
        if (!isKnown) {
            span.setAttribute(SENT_METHOD, cut(method));
        }
        span.setAttribute(SCHEME, request.scheme());
        span.setAttribute(PATH, cut(SecretParameters.maskAddress(request.path())));
        set(span, QUERY, request.query().map(SecretParameters::maskQuery));
        set(span, ROUTE, request.route().map(MatchedRoute::template));
        request.host().ifPresent(host -> {
            span.setAttribute(HOST, cut(withoutBrackets(host)));
            span.setAttribute(PORT, (long) request.port());
        });
        set(span, CLIENT, AddressText.of(request.remoteAddress()));
        span.setAttribute(VERSION, version(request.protocol()));
        set(span, USER_AGENT, request.header("User-Agent"));
        return span;
    }

    private static void set(SpanBuilder span, AttributeKey<String> key, Optional<String> value) {
        value.ifPresent(known -> span.setAttribute(key, cut(known)));
    }

    private static String withoutBrackets(String host) {
        return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    }

    private static String version(String protocol) {
        return protocol.substring(protocol.indexOf('/') + 1);
    }

    private static String cut(String text) {
        return text.length() <= MAX_LENGTH ? text : text.substring(0, MAX_LENGTH);
    }
}
