package dev.bistro.controller;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bistro.annotation.ClientCertificate;
import dev.bistro.annotation.Filter;
import dev.bistro.annotation.Get;
import dev.bistro.annotation.OnMessage;
import dev.bistro.annotation.OnOpen;
import dev.bistro.annotation.Post;
import dev.bistro.annotation.Priority;
import dev.bistro.annotation.Route;
import dev.bistro.annotation.StaticFiles;
import dev.bistro.annotation.WebSocket;
import dev.bistro.body.json.StandardCodecs;
import dev.bistro.http.Certificates;
import dev.bistro.http.Chain;
import dev.bistro.http.Headers;
import dev.bistro.http.Payload;
import dev.bistro.http.Request;
import dev.bistro.http.Response;
import dev.bistro.http.TlsInfo;
import dev.bistro.http.spi.ServerRequest;
import dev.bistro.result.StubRequest;
import dev.bistro.scan.ApplicationClasses;
import dev.bistro.startup.Golden;
import dev.bistro.startup.Problems;
import dev.bistro.testing.MockRequest;
import dev.bistro.testing.ServerRequests;
import java.security.Principal;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code @ClientCertificate} wherever it may stand, for requests with a certificate and without. */
class ClientCertificateTest {
    private static final X509Certificate ADA = Certificates.ada();

    // ---- the places

    @Route("/on-method")
    static class OnMethod {
        @Get
        @ClientCertificate
        public String get() {
            return "got";
        }

        @Get("/open")
        public String open() {
            return "open";
        }
    }

    @Route("/on-class")
    @ClientCertificate
    static class OnClass {
        @Get
        public String get() {
            return "got";
        }
    }

    @ClientCertificate
    abstract static class Above {}

    @Route("/on-superclass")
    static class OnSuperclass extends Above {
        @Get
        public String get() {
            return "got";
        }
    }

    @ClientCertificate
    interface Guarded {}

    interface FurtherGuarded extends Guarded {}

    @Route("/on-interface")
    static class OnInterface implements FurtherGuarded {
        @Get
        public String get() {
            return "got";
        }
    }

    interface Api<T> {
        @ClientCertificate
        T get();
    }

    @Route("/on-overridden")
    static class OnOverridden implements Api<String> {
        @Override
        @Get
        public String get() {
            return "got";
        }
    }

    interface DefaultApi<T> {
        T value();

        @Get
        @ClientCertificate
        default T get() {
            return value();
        }
    }

    @Route("/on-default")
    static class OnDefault implements DefaultApi<String> {
        @Override
        public String value() {
            return "got";
        }
    }

    @Route("/by-parameter")
    static class ByParameter {
        @Get
        public String get(X509Certificate certificate) {
            assertEquals(ADA, certificate);
            return "got";
        }
    }

    static List<Object> places() {
        return List.of(
                new OnMethod(),
                new OnClass(),
                new OnSuperclass(),
                new OnInterface(),
                new OnOverridden(),
                new OnDefault(),
                new ByParameter());
    }

    @ParameterizedTest
    @MethodSource("places")
    void isForClientsWithACertificateWhereverItStands(Object controller) {
        Controllers controllers = Controllers.of(controller);
        String path = controller.getClass().getAnnotation(Route.class).value();
        for (var without : List.of(
                MockRequest.get(path),
                MockRequest.get(path).scheme("https"),
                MockRequest.get(path).tls(Certificates.shown()))) {
            String refused = Controllers.text(controllers.send(without));
            assertTrue(refused.startsWith("403 application/problem+json {"), refused);
            assertTrue(refused.contains("\"detail\":\"This is only for clients that show a certificate.\""), refused);
        }
        var shown = MockRequest.get(path).tls(Certificates.shown(ADA));
        assertEquals("got", Controllers.body(controllers.send(shown)));
    }

    @Test
    void otherMethodsOfTheClassAreForAll() {
        assertEquals("open", Controllers.body(Controllers.of(new OnMethod()).send("GET", "/on-method/open")));
    }

    @Test
    void headIsGuardedAndWhatHasNoRouteIsNot() {
        Controllers controllers = Controllers.of(new OnClass());
        assertEquals(403, controllers.send("HEAD", "/on-class").status().code());
        assertEquals(405, controllers.send("PUT", "/on-class").status().code());
        assertEquals(404, controllers.send("GET", "/nowhere").status().code());
    }

    // ---- among the filters

    @Filter
    @Priority(Priority.AUTHENTICATION)
    static final class Names {
        Response<?> filter(Request request, Chain chain) {
            request.header("X-Name").ifPresent(name -> request.setPrincipal(() -> name));
            return chain.proceed(response -> response.withHeader(
                    "X-Saw",
                    response.status().code() + " " + request.principal().isPresent()));
        }
    }

    @Route("/")
    static class WhoController {
        @Get
        @ClientCertificate
        String who(Principal who) {
            return who.getName();
        }
    }

    private static Dispatcher filtered() {
        var problems = new Problems();
        Dispatcher dispatcher = new DispatcherFactory(StandardCodecs.create(), problems)
                .addFilter(Names.class)
                .create(List.of(WhoController.class), type -> type == Names.class ? new Names() : new WhoController());
        problems.throwIfAny();
        return dispatcher;
    }

    private static Response<Payload> sendFiltered(MockRequest.Builder builder) {
        ServerRequest request = ServerRequests.of(builder);
        return filtered().find(request).answer(request);
    }

    @Test
    void thePrincipalIsTheOneOfAFilterOrElseTheSubject() {
        var shown = MockRequest.get("/").tls(Certificates.shown(ADA));
        assertEquals("CN=ada,O=Example", Controllers.body(sendFiltered(shown)));
        assertEquals("grace", Controllers.body(sendFiltered(shown.header("X-Name", "grace"))));
    }

    @Test
    void aFilterBeforeSeesTheRefusal() {
        Response<Payload> response = sendFiltered(MockRequest.get("/").header("X-Name", "grace"));
        assertEquals("403 true", response.headers().first("X-Saw").orElseThrow());
    }

    @Test
    void theListOfRoutesSaysIt() {
        assertEquals(
                List.of("GET  /  any login  ClientCertificateTest.Names → ClientCertificateRequired →"
                        + " ClientCertificateTest.WhoController.who(Principal)"),
                filtered().describeRoutes().stream()
                        .filter(line -> line.startsWith("GET"))
                        .toList());
    }

    // ---- WebSockets

    @WebSocket("/GuardedSocket")
    @ClientCertificate
    static class GuardedSocket {
        @OnMessage
        String echo(String text) {
            return text;
        }
    }

    @WebSocket("/InheritingSocket")
    static class InheritingSocket extends Above {
        @OnMessage
        String echo(String text) {
            return text;
        }
    }

    @WebSocket("/TakingSocket")
    static class TakingSocket {
        @OnOpen
        void open(X509Certificate certificate) {}

        @OnMessage
        String echo(String text, Optional<X509Certificate> certificate) {
            return text;
        }
    }

    static List<Object> sockets() {
        return List.of(new GuardedSocket(), new InheritingSocket(), new TakingSocket());
    }

    /** A request for a WebSocket, over TLS or not. */
    private static ServerRequest handshake(String path, Optional<TlsInfo> tls) {
        Headers headers = Headers.of(
                "Connection", "Upgrade",
                "Upgrade", "websocket",
                "Sec-WebSocket-Version", "13",
                "Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==");
        return new StubRequest(path, headers, "") {
            @Override
            public boolean isUpgradable() {
                return true;
            }

            @Override
            public Optional<TlsInfo> tls() {
                return tls;
            }
        };
    }

    @ParameterizedTest
    @MethodSource("sockets")
    void aSessionOpensForClientsWithACertificateOnly(Object socket) {
        Controllers controllers = Controllers.of(socket);
        String path = socket.getClass().getAnnotation(WebSocket.class).value();
        assertEquals(
                403,
                controllers.send(handshake(path, Optional.empty())).status().code());
        assertEquals(
                403,
                controllers
                        .send(handshake(path, Optional.of(Certificates.shown())))
                        .status()
                        .code());
        assertEquals(
                101,
                controllers
                        .send(handshake(path, Optional.of(Certificates.shown(ADA))))
                        .status()
                        .code());
    }

    // ---- faults

    private static Problems faults(boolean asks, Class<?>... classes) {
        var problems = new Problems();
        ApplicationClasses found = ApplicationClasses.of(Arrays.asList(classes), problems);
        var factory = new DispatcherFactory(StandardCodecs.create(), problems);
        if (!asks) {
            factory.withoutClientCertificates();
        }
        found.filters().forEach(factory::addFilter);
        factory.create(found.controllers(), type -> {
            throw new AssertionError("No object is made where something is wrong: " + type);
        });
        return problems;
    }

    @Route("/other")
    static class AlsoBelow extends Above {
        @Post
        String post() {
            return "";
        }
    }

    @Test
    void isAFaultWhereTheServerNeverAsks() {
        Golden.assertGolden(
                "certificate-never-asked",
                faults(
                        false,
                        OnMethod.class,
                        OnClass.class,
                        OnSuperclass.class,
                        AlsoBelow.class,
                        OnInterface.class,
                        OnOverridden.class,
                        OnDefault.class,
                        ByParameter.class,
                        GuardedSocket.class,
                        TakingSocket.class));
    }

    @Route("/")
    static class Open {
        @Get
        String get(Optional<X509Certificate> maybe, Optional<Principal> who) {
            return "";
        }
    }

    @Test
    void whatNeedsNoCertificateIsNone() {
        var problems = new Problems();
        new DispatcherFactory(StandardCodecs.create(), problems)
                .withoutClientCertificates()
                .create(List.of(Open.class), type -> new Open());
        assertEquals(List.of(), problems.found());
    }

    @ClientCertificate
    static class NoController {}

    static class NoControllersMethod {
        @ClientCertificate
        void get() {}
    }

    @Filter
    @ClientCertificate
    static class NoFilter {
        @ClientCertificate
        Response<?> filter(Chain chain) {
            return chain.proceed();
        }
    }

    @Route("/lost")
    static class Lost {
        @Get
        String get() {
            return "";
        }

        @ClientCertificate
        String noVerb() {
            return "";
        }
    }

    @WebSocket("/misplaced")
    static class Misplaced {
        @OnMessage
        @ClientCertificate
        String echo(String text) {
            return text;
        }
    }

    @Test
    void isAFaultWhereItGuardsNothing() {
        Golden.assertGolden(
                "useless-client-certificate",
                faults(
                        true,
                        NoController.class,
                        NoControllersMethod.class,
                        NoFilter.class,
                        Lost.class,
                        Misplaced.class));
    }

    @StaticFiles(path = "/files", from = "classpath:/static/site")
    @ClientCertificate
    static class Files {}

    @Test
    void isAFaultOnFiles() {
        var problems = new Problems();
        ApplicationClasses.of(List.of(Files.class), problems);
        new DispatcherFactory(StandardCodecs.create(), problems).addStaticFiles(Files.class);
        Golden.assertGolden("client-certificate-on-files", problems);
    }

    @StaticFiles(path = "/files", from = "classpath:/static/site")
    static class Folder {}

    @Filter("/files/{path*}")
    static final class FilesGuard {
        Response<?> filter(Request request, Chain chain) {
            return request.clientCertificate().isPresent() ? chain.proceed() : Response.status(403);
        }
    }

    /** What the fault's cure says. */
    @Test
    void filesAreGuardedByAFilterOfTheirPath() {
        var problems = new Problems();
        Dispatcher dispatcher = new DispatcherFactory(StandardCodecs.create(), problems)
                .addStaticFiles(Folder.class)
                .addFilter(FilesGuard.class)
                .create(List.of(), type -> new FilesGuard());
        problems.throwIfAny();
        var without = ServerRequests.of(MockRequest.get("/files/index.html"));
        assertEquals(403, dispatcher.find(without).answer(without).status().code());
        var with = ServerRequests.of(MockRequest.get("/files/index.html").tls(Certificates.shown(ADA)));
        assertEquals(200, dispatcher.find(with).answer(with).status().code());
    }
}
