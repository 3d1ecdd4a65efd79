package dev.bistro;

import dev.bistro.access.AccessRule;
import dev.bistro.access.LoginGuards;
import dev.bistro.access.TestLogins;
import dev.bistro.auth.Authenticator;
import dev.bistro.body.BodyCodecs;
import dev.bistro.body.json.ApplicationJson;
import dev.bistro.body.json.StandardCodecs;
import dev.bistro.config.ConfigRecords;
import dev.bistro.config.Settings;
import dev.bistro.controller.Dispatcher;
import dev.bistro.controller.DispatcherFactory;
import dev.bistro.description.JsonCode;
import dev.bistro.health.probe.Readiness;
import dev.bistro.http.spi.Application;
import dev.bistro.http.spi.ServerRequest;
import dev.bistro.https.StrictTransportSecurity;
import dev.bistro.index.ClassIndex;
import dev.bistro.inject.Container;
import dev.bistro.lifecycle.Lifecycle;
import dev.bistro.lifecycle.ShutdownSteps;
import dev.bistro.result.ErrorWriter;
import dev.bistro.scan.ApplicationClasses;
import dev.bistro.session.state.RequestSessions;
import dev.bistro.startup.Problems;
import dev.bistro.startup.StartupException;
import dev.bistro.tls.ServerTls;
import dev.bistro.validation.Constraints;
import dev.bistro.websocket.endpoint.JsonMessages;
import dev.bistro.websocket.protocol.SessionRooms;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts an application, and is the only class that has been in every room. Faults are collected along the way and
 * thrown at once, before a socket is opened.
 *
 * <pre>
 *   settings ─▶ classes ─▶ records of settings ─▶ container ─▶ dispatcher ─▶ (faults? throw) ─▶ hooks ─▶ transport
 * </pre>
 */
final class Assembly {
    private static final Logger LOG = LoggerFactory.getLogger(Bistro.class);
    private static final Set<String> OF_TESTS =
            Set.of("bistro.test.mode", "bistro.openapi"); // TestClient.MODE, OpenApiManners.MODE

    private final long startedNanos = System.nanoTime();
    private final BackgroundTask<BodyCodecs> codecs;
    private final ApplicationJson json = new ApplicationJson();
    private final JsonMessages messages = new JsonMessages();
    private final RequestSessions sessions = new RequestSessions();
    private final LoginGuards guards = new LoginGuards();
    private final Problems problems = new Problems();
    private final Lifecycle lifecycle = new Lifecycle();
    private final Readiness readiness = new Readiness();
    private final StartInput input;

    Assembly(StartInput input) {
        this.input = input;
        ClassLoader classPath = input.application().getClassLoader();
        codecs = BackgroundTask.of(
                "bistro-codecs", () -> StandardCodecs.createWarm(ClassIndex.hasGeneratedCode(classPath)));
    }

    Server start() {
        return start(Transports::listen, ManagementListener::open);
    }

    Server startInProcess() {
        return start(Transports::inProcess, ManagementListener::none);
    }

    private Server start(Transports.Opening opening, ManagementListener.Opening ofManagement) {
        return assembled((parts, hooked) -> {
            parts.tokens.ifPresent(TokenLogins::begin);
            parts.container.start();
            lifecycle.start(hooked);
            ServerSettings server = parts.own.server().orElseThrow();
            Dispatcher dispatcher = parts.dispatcher;
            Application guarded = parts.security.orElseThrow().around(dispatcher);
            var extensions = new Extensions(parts.found, parts.container);
            Optional<MetricsAssembly> metrics = parts.metrics;
            OpenApiAssembly openApi = OpenApiAssembly.of(parts.own, input.application());
            var pages = new PagesAssembly(parts.own, openApi, metrics, parts.health);
            Application paged = pages.around(guarded, dispatcher, json.codec(), extensions, pagesGuard(parts.own));
            var ports = OpenPorts.open(
                    () -> ofManagement.open(
                            server,
                            parts.own.management().orElseThrow(),
                            () -> pages.ofManagement(
                                    new ErrorWriter(codecs.get()), dispatcher, json.codec(), extensions)),
                    () -> opening.open(
                            server, parts.tls, paged, ObserversAssembly.open(server, metrics, extensions, lifecycle)));
            return ports.complete(open -> {
                metrics.ifPresent(on -> on.begin(open.transport(), parts.container));
                readiness.open();
                report(open, dispatcher, parts.found);
                return new Server(
                        open,
                        readiness,
                        parts.container,
                        lifecycle,
                        dispatcher.routes(RouteInfo::new),
                        server.drainDelay(),
                        openApi.making(dispatcher, json.codec(), extensions),
                        server.stopTimeout());
            });
        });
    }

    /**
     * Describes the routes. All is decided as for a start, but no object of the application is made and nothing is
     * begun.
     *
     * @throws StartupException with everything that would keep the application from starting
     */
    Routes routes() {
        problems.forbidObjects();
        return assembled((parts, hooked) -> {
            var described = new Routes(
                    input.application(),
                    parts.dispatcher.describe(),
                    parts.found.titles(),
                    new JsonCode(json.codec()::writingObstacle, json.codec()::readingObstacle));
            release(parts.own, parts.container, parts.tls);
            return described;
        });
    }

    /** An application of which everything is decided and nothing is begun. */
    private record Parts(
            FoundClasses found,
            OwnSettings own,
            Optional<SecurityAssembly> security,
            Optional<TokenLogins> tokens,
            Optional<ServerTls> tls,
            Optional<MetricsAssembly> metrics,
            Container container,
            Dispatcher dispatcher,
            Optional<HealthAssembly> health) {}

    /** What becomes of an application without faults; what it throws ends that. */
    private <R> R assembled(BiFunction<Parts, List<Class<?>>, R> use) {
        try {
            return assemble(use);
        } catch (StartupException e) {
            throw problems.isEmpty() ? withOrigins(e) : e;
        }
    }

    /** A fault of code that ran when nothing was wrong so far, with what is told of its classes: their library. */
    private StartupException withOrigins(StartupException fault) {
        fault.problems().forEach(problems::add);
        return new StartupException(problems.found(), fault.getCause());
    }

    private <R> R assemble(BiFunction<Parts, List<Class<?>>, R> use) {
        Settings settings = readSettings();
        FoundClasses found = FoundClasses.find(input, problems);
        ConfigRecords records = configRecords(found);
        records.reportUnknown(settings);
        OwnSettings own = OwnSettings.read(records, settings);
        Optional<SecurityAssembly> security = own.securityAssembly();
        Constraints constraints = Constraints.find(own.locales(), problems);
        List<Class<?>> types = found.all().configRecords();
        ReadConfigs configs = ReadConfigs.read(types, input, records, settings, constraints);
        var data = new DataAssembly(own.database(), input, problems);
        var redis = new RedisAssembly(own.redis(), OwnSettings.redisUrl(settings), problems);
        var feeds = new FeedAssembly(own.feeds(), data, redis, json, problems);
        var state = new StateAssembly(own.session(), own.limits(), data, redis, problems);
        Optional<MetricsAssembly> metrics = MetricsAssembly.of(own);
        if (metrics.isPresent()) {
            metrics.get().setDatabases(data);
        }
        var containers = new ContainerAssembly(input, found, settings, configs, constraints, problems);
        List<Class<?>> hooked = containers.hooked();
        Container container = containers.build(
                hooked,
                own.bistro(),
                new SessionRooms(messages),
                json,
                sessions,
                lifecycle,
                metrics,
                data,
                redis,
                feeds,
                state);
        Optional<ServerTls> tls =
                own.server().isPresent() && own.server().get().tls().isOn()
                        ? ServerTls.open(own.server().get().tls().tls(), problems)
                        : Optional.empty();
        try {
            constraints.makeBy(type -> {
                problems.requireObjects(); // an application that doesn't start has none
                return container.get(type);
            });
            if (security.isPresent()) {
                security.get().check(found.all(), input.application(), problems);
            }
            Optional<TokenLogins> tokens = own.security().isPresent()
                    ? tokenLogins(own.security().get().jwt())
                    : Optional.empty();
            Dispatcher dispatcher =
                    dispatcher(found, container, constraints, settings, own, tokens, data, feeds, state);
            Optional<HealthAssembly> health = HealthAssembly.of(
                    own, new Extensions(found, container), tls, data, redis, readiness, codecs::get, problems);
            ManagementListener.check(own, problems);
            TracingAssembly.check(new Extensions(found, container), problems);
            ApplicationCheck.checkAll(settings, found, configs, problems);
            problems.throwIfAny();
            return use.apply(
                    new Parts(found, own, security, tokens, tls, metrics, container, dispatcher, health), hooked);
        } catch (RuntimeException | Error e) {
            release(own, container, tls);
            throw e;
        }
    }

    private void release(OwnSettings own, Container container, Optional<ServerTls> tls) {
        tls.ifPresent(ServerTls::close);
        Duration limit = own.server().map(ServerSettings::stopTimeout).orElse(Duration.ZERO);
        lifecycle.stop(container, new ShutdownSteps(limit, thread -> {}));
    }

    /**
     * Describes the settings; nothing is started.
     *
     * @throws StartupException if the application's classes can't be found, or its settings' declarations are wrong
     */
    Help help() {
        ConfigRecords records = configRecords(FoundClasses.find(input, problems));
        problems.throwIfAny();
        return new Help(input.application(), records.describe());
    }

    private Settings readSettings() {
        return new Settings.Builder(problems)
                .addClassPath(input.application().getClassLoader())
                .addDirectory(Path.of(""))
                .addEnvironment(System.getenv())
                .addSystemProperties(systemProperties())
                .addArguments(input.args())
                .addProgram(input.settings())
                .build();
    }

    /** All but those that say how tests connect and what they write: they are no settings. */
    private static Properties systemProperties() {
        var properties = new Properties();
        for (String key : System.getProperties().stringPropertyNames()) {
            if (!OF_TESTS.contains(key)) {
                properties.setProperty(key, System.getProperty(key, ""));
            }
        }
        return properties;
    }

    private ConfigRecords configRecords(FoundClasses found) {
        return new ConfigRecords(
                OwnSettings.TYPES, OwnSettings.MAKERS, found.all().configRecords(), problems);
    }

    private Dispatcher dispatcher(
            FoundClasses found,
            Container container,
            Constraints constraints,
            Settings settings,
            OwnSettings own,
            Optional<TokenLogins> tokens,
            DataAssembly data,
            FeedAssembly feeds,
            StateAssembly state) {
        BistroSettings bistro = own.bistro().orElse(BistroSettings.DEFAULTS);
        boolean development = bistro.dev();
        if (development) {
            warn("Development mode: errors show routes and causes to everybody."
                    + " It is for your own machine (bistro.dev)");
        }
        var extensions = new Extensions(found, container);
        BodyCodecs adjusted = new JsonAssembly(extensions, json, problems)
                .codecs(own.json(), input.application().getClassLoader(), codecs::get);
        var factory = new DispatcherFactory(adjusted, development, problems)
                .addStaticFiles(input.application())
                .setMessages(messages)
                .setConstraints(constraints)
                .setLimitTexts((text, written, place) -> settings.replaced(text, written, place, problems));
        found.own().withExceptionHandlers().forEach(factory::addExceptionHandlers);
        for (ApplicationClasses classes : found.ofLibraries().values()) {
            classes.withExceptionHandlers().forEach(factory::addLibraryExceptionHandlers);
        }
        found.all().filters().forEach(factory::addFilter);
        if (own.server().isPresent()) {
            set(own.server().get(), factory);
        }
        if (bistro.mergeSlashes()) {
            factory.mergeSlashes();
        }
        extensions.addTo(factory, problems);
        factory.setSessions(sessions);
        if (own.session().isPresent()) {
            new SessionAssembly(own.session().get(), bistro.cookieSecrets(), state, extensions, problems)
                    .open(sessions);
        }
        factory.setGuards(addGuards(extensions, own.security(), tokens));
        if (own.security().isPresent() && own.security().get().deniesByDefault()) {
            factory.denyByDefault();
        }
        factory.setSurroundings(data.handlers());
        state.rates().ifPresent(factory::setRateStore);
        if (problems.allowObjects()) {
            data.migrate(); // before objects are made that may look into it
            feeds.open();
            state.open();
        }
        data.faults(extensions).ifPresent(faults -> factory.setFaults(faults::map));
        container.requestScope().ifPresent(factory::setRequestScope);
        return factory.create(found.all().controllers(), type -> {
            container.start(); // makes the singletons; the factory asks for objects only if there are no problems
            return container.get(type);
        });
    }

    private static void set(ServerSettings server, DispatcherFactory factory) {
        factory.setWebSockets(server.webSockets());
        factory.setFormLimits(server.forms());
        factory.setMostBuffered(server.mostBuffered());
        if (!server.asksForCertificates()) {
            factory.withoutClientCertificates();
        }
        server.tls().hsts().ifPresent(age -> factory.addDecorator(new StrictTransportSecurity(age)));
    }

    /** Lets through whom a route without annotations lets through. */
    private Consumer<ServerRequest> pagesGuard(OwnSettings own) {
        if (own.security().isEmpty() || !own.security().get().deniesByDefault()) {
            return request -> {};
        }
        return guards.of(AccessRule.ANY_LOGIN).orElseThrow().check()::check;
    }

    private Optional<TokenLogins> tokenLogins(SecurityJwtSettings settings) {
        if (settings.isUnprotected()) {
            warn("The keys of tokens come over plain HTTP: whoever is in between can make tokens"
                    + " (security.jwt.jwks)");
        }
        return TokenLogins.of(settings, this::warn, problems);
    }

    /** Warns of what is about to be done: whoever only has the routes printed reads nothing but these. */
    private void warn(String text) {
        if (!problems.areObjectsForbidden()) {
            LOG.warn(text);
        }
    }

    private LoginGuards addGuards(
            Extensions extensions, Optional<SecuritySettings> security, Optional<TokenLogins> tokens) {
        guards.setSessions(Authenticator.session(), sessions.execution());
        extensions.addTo(guards, problems);
        if (tokens.isPresent()) {
            guards.add(tokens.get().authenticator());
        }
        if (security.isPresent()) {
            SecurityLoginSettings login = security.get().login();
            guards.setFailures(login.maxFailures(), login.failureWindow());
        }
        if (input.instances().get(TestLogins.class) instanceof TestLogins tests) {
            guards.setTests(tests);
        }
        return guards;
    }

    private void report(OpenPorts open, Dispatcher dispatcher, FoundClasses found) {
        int count = found.own().controllers().size() + found.own().components().size();
        LOG.info("Classes: {}, found {}", count, found.own().how());
        for (Map.Entry<LoadedLibrary, ApplicationClasses> library :
                found.ofLibraries().entrySet()) {
            LOG.info(
                    "Library {}: {}",
                    library.getKey().title(),
                    library.getValue().describe());
        }
        LOG.info("Routes:\n  {}", String.join("\n  ", dispatcher.describeRoutes()));
        open.management().ifPresent(listener -> LOG.info("Management is on {}", listener.description()));
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startedNanos);
        String name = input.application().getSimpleName();
        LOG.info("{} listens on {} after {} ms", name, open.transport().description(), millis);
    }
}
