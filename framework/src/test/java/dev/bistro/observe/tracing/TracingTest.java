package dev.bistro.observe.tracing;

import static io.opentelemetry.api.trace.StatusCode.ERROR;
import static io.opentelemetry.api.trace.StatusCode.UNSET;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import dev.bistro.Bistro;
import dev.bistro.BistroBuilder;
import dev.bistro.RequestContext;
import dev.bistro.Server;
import dev.bistro.annotation.Bean;
import dev.bistro.annotation.Blocking;
import dev.bistro.annotation.Body;
import dev.bistro.annotation.Factory;
import dev.bistro.annotation.Filter;
import dev.bistro.annotation.Get;
import dev.bistro.annotation.OnMessage;
import dev.bistro.annotation.OnOpen;
import dev.bistro.annotation.Post;
import dev.bistro.annotation.Produces;
import dev.bistro.annotation.Query;
import dev.bistro.annotation.Route;
import dev.bistro.annotation.WebSocket;
import dev.bistro.http.Chain;
import dev.bistro.http.Request;
import dev.bistro.http.Response;
import dev.bistro.http.StreamingBody;
import dev.bistro.startup.Golden;
import dev.bistro.startup.StartupException;
import dev.bistro.wire.CapturedLog;
import dev.bistro.wire.RawClient;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.io.IOException;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The spans of requests to a real server, as an exporter gets them. */
@Timeout(60)
class TracingTest {
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String PARENT = "00f067aa0ba902b7";
    private static final String TRACE_PARENT = "traceparent: 00-" + TRACE + "-" + PARENT + "-01\r\n";
    private static final ExecutorService PLAIN = Executors.newSingleThreadExecutor();
    private static final ExecutorService PROPAGATING = RequestContext.propagating(PLAIN);
    private static final Exported EXPORTED = new Exported();
    private static Server server;

    /** The spans in the order in which they ended, for a test to wait for. */
    private static final class Exported implements SpanExporter {
        private final BlockingQueue<SpanData> spans = new LinkedBlockingQueue<>();

        @Override
        public CompletableResultCode export(Collection<SpanData> ended) {
            spans.addAll(ended);
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode flush() {
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode shutdown() {
            return CompletableResultCode.ofSuccess();
        }

        SpanData next() throws InterruptedException {
            SpanData span = spans.poll(30, TimeUnit.SECONDS);
            assertTrue(span != null, "no span has ended");
            return span;
        }
    }

    private static OpenTelemetrySdk sdk(Sampler sampler, boolean readsParents) {
        var provider = SdkTracerProvider.builder()
                .setSampler(sampler)
                .addSpanProcessor(SimpleSpanProcessor.create(EXPORTED))
                .build();
        return OpenTelemetrySdk.builder()
                .setTracerProvider(provider)
                .setPropagators(
                        readsParents
                                ? ContextPropagators.create(W3CTraceContextPropagator.getInstance())
                                : ContextPropagators.noop())
                .build();
    }

    /** The trace that code of the application sees. */
    private static String seen() {
        return Span.current().getSpanContext().getTraceId() + " "
                + Span.current().getSpanContext().getSpanId();
    }

    @Factory
    static final class Telemetry {
        @Bean
        OpenTelemetry telemetry() {
            return sdk(Sampler.parentBased(Sampler.alwaysOn()), true);
        }
    }

    @Factory
    static final class SecondTelemetry {
        @Bean
        OpenTelemetry second() {
            return OpenTelemetry.noop();
        }
    }

    /** A value that says what is current while it is written. */
    static final class Written {
        public String getSeen() {
            return seen();
        }
    }

    @Route("/")
    static final class Shop {
        final CompletableFuture<String> never = new CompletableFuture<>();
        final BlockingQueue<Boolean> asked = new LinkedBlockingQueue<>();
        final CountDownLatch leave = new CountDownLatch(1);

        @Get("/items/{id}")
        String item(int id) {
            return seen();
        }

        @Query("/items/{id}")
        String find(int id) {
            return seen();
        }

        @Post("/items")
        String put(@Body String text) {
            return text;
        }

        @Get("/blocking")
        @Blocking
        String blocking() {
            return seen();
        }

        @Get("/timed")
        @dev.bistro.annotation.Timeout("10s")
        String timed() {
            return seen();
        }

        @Get("/fault")
        String fault() {
            throw new IllegalStateException("a fault");
        }

        @Get("/written")
        Written written() {
            return new Written();
        }

        @Get("/later")
        CompletionStage<Written> later() {
            return CompletableFuture.supplyAsync(Written::new, PLAIN);
        }

        @Get("/executor")
        CompletionStage<String> executor() {
            return CompletableFuture.supplyAsync(TracingTest::seen, PROPAGATING);
        }

        @Get("/stream")
        @Produces("text/plain")
        StreamingBody stream() {
            return output -> output.write(seen().getBytes(UTF_8));
        }

        @Get("/elements")
        Stream<String> elements() {
            return Stream.of("").map(none -> seen());
        }

        @Get("/iterator")
        Iterator<String> iterator() {
            return List.of("").stream().map(none -> seen()).iterator();
        }

        @Get("/never")
        CompletionStage<String> never() {
            asked.add(true);
            return never;
        }

        @Get("/endless")
        @Produces("text/plain")
        StreamingBody endless() {
            return output -> {
                while (true) {
                    output.write(new byte[64 * 1024]);
                }
            };
        }

        @Get("/broken")
        @Produces("text/plain")
        StreamingBody broken() {
            return output -> {
                output.write(new byte[64 * 1024]);
                throw new IOException("a fault");
            };
        }
    }

    @Filter
    static final class Telling {
        Response<?> filter(Request request, Chain chain) {
            String before = seen();
            return chain.proceed(response -> response.withHeader("Before", before)
                    .withHeader("After", seen())
                    .withHeader("Id", request.id()));
        }
    }

    @WebSocket("/echo")
    static final class Echo {
        @OnOpen
        String greet() {
            return seen();
        }

        @OnMessage
        String echo(String text) {
            return seen();
        }
    }

    private static BistroBuilder app() {
        return Bistro.app(TracingTest.class).port(0).classes(Shop.class, Telling.class, Echo.class);
    }

    @BeforeAll
    static void start() {
        server = app().classes(Telemetry.class)
                .set("server.access-log", "json")
                .set("server.pending-timeout", "50ms")
                .set("server.proxy.trusted", "127.0.0.2")
                .start();
    }

    @AfterAll
    static void stop() {
        server.close();
        PLAIN.shutdown();
    }

    @AfterEach
    void nothingIsLeft() {
        assertEquals(List.of(), List.copyOf(EXPORTED.spans), "each request has one span");
    }

    private static String ask(String line, String fields) throws IOException {
        return ask(server, line, fields);
    }

    private static String ask(Server asked, String line, String fields) throws IOException {
        return RawClient.exchange(
                asked.address(),
                line + " HTTP/1.1\r\nHost: shop.example:8080\r\n" + fields + "Connection: close\r\n\r\n");
    }

    private static Map<String, Object> attributes(SpanData span) {
        var all = new TreeMap<String, Object>();
        span.getAttributes().forEach((key, value) -> all.put(key.getKey(), value));
        return all;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            GET /items/7                | GET /items/{id}   | GET    | -        | /items/7    | -           | /items/{id} | 200
            GET /items/7?a=1&token=x    | GET /items/{id}   | GET    | -        | /items/7    | a=1&token=*** | /items/{id} | 200
            HEAD /items/7               | HEAD /items/{id}  | HEAD   | -        | /items/7    | -           | /items/{id} | 200
            QUERY /items/7              | QUERY /items/{id} | QUERY  | -        | /items/7    | -           | /items/{id} | 200
            GET /items/x                | GET /items/{id}   | GET    | -        | /items/x    | -           | /items/{id} | 400
            GET /nowhere                | GET               | GET    | -        | /nowhere    | -           | -           | 404
            GET /cart;sid=x             | GET               | GET    | -        | /cart;sid=*** | -         | -           | 404
            BREW /items/7               | HTTP              | _OTHER | BREW     | /items/7    | -           | -           | 405
            get /nowhere                | HTTP              | _OTHER | get      | /nowhere    | -           | -           | 404
            GET /fault                  | GET /fault        | GET    | -        | /fault      | -           | /fault      | 500
            GET /never                  | GET /never        | GET    | -        | /never      | -           | /never      | 503
            """)
    void hasTheConventionsAttributes(
            String line, String name, String method, String sent, String path, String query, String route, long status)
            throws Exception {
        ask(line, "User-Agent: curl/8\r\n");

        SpanData span = EXPORTED.next();
        assertEquals(name, span.getName());
        assertEquals(SpanKind.SERVER, span.getKind());
        var expected = new TreeMap<String, Object>(Map.of(
                "http.request.method", method,
                "url.path", path,
                "url.scheme", "http",
                "server.address", "shop.example",
                "server.port", 8080L,
                "client.address", "127.0.0.1",
                "network.protocol.version", "1.1",
                "user_agent.original", "curl/8",
                "http.response.status_code", status));
        putIf(expected, "http.request.method_original", sent);
        putIf(expected, "url.query", query);
        putIf(expected, "http.route", route);
        putIf(expected, "error.type", status >= 500 ? Long.toString(status) : null);
        assertEquals(expected, attributes(span));
        assertEquals(status >= 500 ? ERROR : UNSET, span.getStatus().getStatusCode());
        assertFalse(span.getParentSpanContext().isValid());
    }

    private static void putIf(Map<String, Object> attributes, String key, String value) {
        if (value != null) {
            attributes.put(key, value);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            Host: [2001:db8::1]:8443 | 2001:db8::1 | 8443
            Host: shop.example       | shop.example | 80
            Host:                    | -           | -
            """)
    void namesTheServer(String host, String address, Long port) throws Exception {
        RawClient.exchange(server.address(), "GET /items/7 HTTP/1.0\r\n" + host + "\r\n\r\n");

        Map<String, Object> attributes = attributes(EXPORTED.next());
        assertEquals(address, attributes.get("server.address"));
        assertEquals(port, attributes.get("server.port"));
        assertEquals("1.0", attributes.get("network.protocol.version"));
        assertFalse(attributes.containsKey("user_agent.original"));
    }

    @Test
    void textsOfClientsAreBounded() throws Exception {
        String query = "a".repeat(7_000);
        ask("GET /items/7?" + query, "User-Agent: " + "b".repeat(9_000) + "\r\n");

        Map<String, Object> attributes = attributes(EXPORTED.next());
        assertEquals(query, attributes.get("url.query"));
        assertEquals("b".repeat(8 * 1024), attributes.get("user_agent.original"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/items/7",
                "/blocking",
                "/timed",
                "/written",
                "/later",
                "/executor",
                "/stream",
                "/elements",
                "/iterator"
            })
    void isCurrentInAllCodeOfTheApplication(String path) throws Exception {
        for (String fields : List.of("", TRACE_PARENT)) {
            String answer = ask("GET " + path, fields);

            SpanData span = EXPORTED.next();
            String known = span.getTraceId() + " " + span.getSpanId();
            assertTrue(answer.contains("Before: " + known + "\r\n"), answer);
            assertTrue(answer.contains("After: " + known + "\r\n"), answer);
            assertTrue(answer.substring(answer.indexOf("\r\n\r\n")).contains(known), answer);
        }
        assertFalse(
                PLAIN.submit(() -> Span.current().getSpanContext().isValid()).get(), "nothing is left");
    }

    @Test
    void thePlaceInTheTraceIsTheClients() throws Exception {
        ask("GET /items/7", TRACE_PARENT + "tracestate: a=1\r\ntracestate: b=2\r\n");

        SpanData span = EXPORTED.next();
        assertEquals(TRACE, span.getTraceId());
        assertEquals(PARENT, span.getParentSpanId());
        assertTrue(span.getParentSpanContext().isRemote());
        assertEquals(
                Map.of("a", "1", "b", "2"),
                span.getParentSpanContext().getTraceState().asMap());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            traceparent: nonsense
            traceparent: 00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01
            traceparent: 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more
            traceparent: 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01#traceparent: 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01
            traceparent: cc-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01#traceparent: cc-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01
            """)
    void whatIsNoTraceParentBeginsATrace(String fields) throws Exception {
        ask("GET /items/7", fields.replace("#", "\r\n") + "\r\n");

        SpanData span = EXPORTED.next();
        assertNotEquals(TRACE, span.getTraceId());
        assertFalse(span.getParentSpanContext().isValid());
    }

    @ParameterizedTest
    @CsvSource({"/items/7, 200", "/nowhere, 404", "/fault, 500"})
    void theTraceIsTheSameEverywhere(String path, int status) throws Exception {
        try (CapturedLog lines = CapturedLog.of("bistro.access", Level.INFO)) {
            for (String fields : List.of("", TRACE_PARENT, "traceparent: nonsense\r\n")) {
                String answer = ask("GET " + path, "Accept: application/json\r\n" + fields);

                String trace = EXPORTED.next().getTraceId();
                assertTrue(answer.startsWith("HTTP/1.1 " + status), answer);
                assertTrue(answer.contains("X-Request-Id: " + trace + "\r\n"), answer);
                String line = lines.await("\"status\":");
                assertTrue(line.contains("\"requestId\":\"" + trace + "\",\"traceId\":\"" + trace + "\""), line);
                if (status == 500) {
                    assertTrue(answer.contains("\"requestId\":\"" + trace + "\""), answer);
                }
            }
        }
    }

    /** Bad values of header fields are refused before a route is looked for; the trace is known by then. */
    @Test
    void whatIsRefusedAtOnceHasItsTraceToo() throws Exception {
        String answer = ask("POST /items", "Content-Length: 99999999\r\n");

        SpanData span = EXPORTED.next();
        assertEquals("POST /items", span.getName());
        assertEquals(413L, span.getAttributes().get(AttributeKey.longKey("http.response.status_code")));
        assertTrue(answer.contains("X-Request-Id: " + span.getTraceId() + "\r\n"), answer);
    }

    @Test
    void aProxysIdStaysTheRequests() throws Exception {
        try (Server proxied = app().classes(Telemetry.class)
                .set("server.proxy.trusted", "127.0.0.1")
                .start()) {
            String answer = ask(proxied, "GET /items/7", "X-Request-Id: mine\r\nX-Forwarded-For: 192.0.2.7\r\n");

            SpanData span = EXPORTED.next();
            assertTrue(answer.contains("X-Request-Id: mine\r\n"), answer);
            assertEquals("192.0.2.7", attributes(span).get("client.address"));
        }
    }

    @Test
    void theBeansPropagatorsDecide() throws Exception {
        try (Server deaf =
                app().with(OpenTelemetry.class, sdk(Sampler.alwaysOn(), false)).start()) {
            String answer = ask(deaf, "GET /items/7", TRACE_PARENT);

            SpanData span = EXPORTED.next();
            assertNotEquals(TRACE, span.getTraceId());
            assertTrue(answer.contains("X-Request-Id: " + span.getTraceId() + "\r\n"), answer);
        }
    }

    @Test
    void whatIsNotSampledIsOnlyPassedOn() throws Exception {
        try (Server quiet =
                app().with(OpenTelemetry.class, sdk(Sampler.alwaysOff(), true)).start()) {
            String answer = ask(quiet, "GET /items/7", TRACE_PARENT);

            assertTrue(answer.contains("X-Request-Id: " + TRACE + "\r\n"), answer);
            assertTrue(answer.contains("Before: " + TRACE), answer);
        }
    }

    @Test
    void withoutTracesIdsAreAsEver() throws Exception {
        try (Server none = app().with(OpenTelemetry.class, OpenTelemetry.noop()).start()) {
            assertTrue(ask(none, "GET /items/7", TRACE_PARENT).contains("X-Request-Id: " + TRACE + "\r\n"));
            assertFalse(ask(none, "GET /items/7", "").contains("X-Request-Id: 00000000000000"));
        }
    }

    @Test
    void aClientThatGoesEndsTheSpan() throws Exception {
        try (var client = new RawClient(server.address())) {
            client.send("GET /endless HTTP/1.1\r\nHost: a\r\n\r\n").readHead();
        }

        SpanData span = EXPORTED.next();
        assertEquals("GET /endless", span.getName());
        assertEquals(UNSET, span.getStatus().getStatusCode());
    }

    @Test
    void aClientThatStopsInItsBodyEndsTheSpan() throws Exception {
        try (var client = new RawClient(server.address())) {
            client.send("POST /items HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nabc");
        }

        assertFalse(attributes(EXPORTED.next()).containsKey("http.response.status_code"));
    }

    @Test
    void aBodyThatFailsEndsTheSpan() throws Exception {
        ask("GET /broken", "");

        assertEquals("GET /broken", EXPORTED.next().getName());
    }

    @Test
    void bytesThatAreNoRequestHaveNone() throws Exception {
        RawClient.exchange(server.address(), "nonsense\r\n\r\n");
        ask("GET /items/7", "");

        assertEquals("GET /items/{id}", EXPORTED.next().getName());
    }

    @Test
    void theSpanOfAWebSocketEndsWithItsHandshake() throws Exception {
        try (var client = new RawClient(server.address())) {
            client.send("GET /echo HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                    + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
            client.readHead();

            SpanData span = EXPORTED.next();
            assertEquals(101L, attributes(span).get("http.response.status_code"));
            assertEquals("GET /echo", span.getName());
            String greeting = client.read(2 + 49);
            assertTrue(greeting.endsWith(span.getTraceId() + " " + span.getSpanId()), greeting);
        }
    }

    @Test
    void twoBeansAreAFault() {
        StartupException fault = assertThrows(
                StartupException.class,
                () -> app().classes(Telemetry.class, SecondTelemetry.class).start());
        Golden.assertText("two-open-telemetries", fault.getMessage());
    }
}
