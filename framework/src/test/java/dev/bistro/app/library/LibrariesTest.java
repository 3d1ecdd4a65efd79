package dev.bistro.app.library;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import dev.bistro.Bistro;
import dev.bistro.BistroBuilder;
import dev.bistro.BistroLibrary;
import dev.bistro.StartupCheck;
import dev.bistro.annotation.Bean;
import dev.bistro.annotation.Config;
import dev.bistro.annotation.Consumes;
import dev.bistro.annotation.DefaultValue;
import dev.bistro.annotation.ExceptionHandler;
import dev.bistro.annotation.Factory;
import dev.bistro.annotation.Filter;
import dev.bistro.annotation.Get;
import dev.bistro.annotation.OnStart;
import dev.bistro.annotation.Post;
import dev.bistro.annotation.Produces;
import dev.bistro.annotation.Route;
import dev.bistro.annotation.Status;
import dev.bistro.body.BodyCodec;
import dev.bistro.body.BodyReader;
import dev.bistro.body.BodyWriter;
import dev.bistro.http.Chain;
import dev.bistro.http.Converter;
import dev.bistro.http.MediaType;
import dev.bistro.http.Response;
import dev.bistro.startup.Golden;
import dev.bistro.startup.Problem;
import dev.bistro.startup.StartupException;
import dev.bistro.testing.TestClient;
import dev.bistro.wire.CapturedLog;
import jakarta.inject.Inject;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Libraries that are found by ServiceLoader: what they contribute, who wins, and what is wrong with them. */
class LibrariesTest {
    // ---- a library with each kind of contribution

    record Money(String text) {}

    record Weight(String text) {}

    interface Clerk {
        String name();
    }

    static final class AuditFailure extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    @Config("audit")
    record AuditConfig(@DefaultValue("log") String target) {}

    @Factory
    static final class AuditBeans {
        @Bean
        Clerk clerk(AuditConfig config) {
            return () -> "audit clerk for " + config.target();
        }
    }

    @Route("/audit")
    static final class AuditController {
        @Inject
        Clerk clerk;

        @Get
        String get(@DefaultValue("1") Money money) {
            return clerk.name() + ", " + money.text;
        }

        @Get("/failure")
        String fail() {
            throw new AuditFailure();
        }

        @Post
        @Consumes("text/x-money")
        @Produces("text/x-money")
        Weight weigh(@dev.bistro.annotation.Body Weight weight) {
            return weight;
        }
    }

    @Filter
    static final class AuditFilter {
        Response<?> filter(Chain chain) {
            return chain.proceed(response -> response.withHeader("Audited", "yes"));
        }
    }

    static final class AuditErrors {
        @ExceptionHandler
        @Status(418)
        String failed(AuditFailure failure) {
            return "the library's answer";
        }
    }

    static final class MoneyConverter implements Converter<Money> {
        @Override
        public Money convert(String text) {
            return new Money("library's " + text);
        }
    }

    /** Reads and writes weights; its name is in what it writes. */
    static class WeightCodec implements BodyCodec {
        String name() {
            return "library";
        }

        @Override
        public List<MediaType> mediaTypes() {
            return List.of(MediaType.of("text", "x-money"));
        }

        @Override
        public Optional<BodyReader> reader(Type type) {
            return type == Weight.class
                    ? Optional.of((body, mediaType) -> new Weight(new String(body, StandardCharsets.UTF_8)))
                    : Optional.empty();
        }

        @Override
        public Optional<BodyWriter> writer(Type type, MediaType mediaType) {
            return type == Weight.class
                    ? Optional.of(weight -> (name() + " " + ((Weight) weight).text).getBytes(StandardCharsets.UTF_8))
                    : Optional.empty();
        }
    }

    static final List<String> STARTED = new ArrayList<>();

    static final class AuditStart {
        @OnStart
        void start() {
            STARTED.add("audit");
        }
    }

    public static final class AuditLibrary implements BistroLibrary {
        @Override
        public String name() {
            return "audit";
        }

        @Override
        public String version() {
            return "1.2";
        }

        @Override
        public List<Class<?>> classes() {
            return List.of(
                    AuditController.class,
                    AuditFilter.class,
                    AuditBeans.class,
                    AuditConfig.class,
                    AuditErrors.class,
                    MoneyConverter.class,
                    WeightCodec.class,
                    AuditStart.class);
        }

        @Override
        public void check(StartupCheck start) {
            if (start.settings().find("audit.target").isPresent()
                    && start.config(AuditConfig.class).orElseThrow().target().equals("nowhere")
                    && start.classes().contains(AuditController.class)) {
                start.report(Problem.of("audit-nowhere", "The audit log goes nowhere.")
                        .cure("Set audit.target to log."));
            }
        }
    }

    // ---- an application

    @Route("/")
    static final class Home {
        @Get
        String get() {
            return "home";
        }
    }

    private static BistroBuilder app(Class<?>... libraries) throws ClassNotFoundException {
        return Bistro.app(LibraryLoader.application(libraries)).classes(Home.class);
    }

    private static void assertReport(String golden, BistroBuilder application) {
        var fault = assertThrows(StartupException.class, application::startInProcess);
        Golden.assertText(golden, fault.getMessage());
    }

    // ---- contributions

    @Test
    void contributesAllThatAnApplicationCanHave() throws Exception {
        STARTED.clear();
        try (TestClient client = TestClient.start(app(AuditLibrary.class).set("audit.target", "disk"))) {
            client.get("/").send().assertStatus(200).assertHeader("Audited", "yes");
            assertEquals(
                    "audit clerk for disk, library's 3",
                    client.get("/audit").query("money", 3).send().text());
            client.get("/audit/failure").send().assertStatus(418);
            assertEquals("library 5", weigh(client));
        }
        assertEquals(List.of("audit"), STARTED);
    }

    private static String weigh(TestClient client) {
        return client.post("/audit")
                .body("text/x-money", "5".getBytes(StandardCharsets.UTF_8))
                .send()
                .assertStatus(200)
                .text();
    }

    @Test
    void isNamedInTheLogWithItsPart() throws Exception {
        try (CapturedLog log = CapturedLog.of(Bistro.class.getName(), Level.INFO);
                TestClient client =
                        TestClient.start(app(SecondLibrary.class, AuditLibrary.class, EmptyLibrary.class))) {
            client.get("/").send().assertStatus(200);
            assertEquals(
                    List.of(
                            "INFO Library audit 1.2: 1 controller, 1 factory, 1 settings record, 1 exception handler,"
                                    + " 1 filter, 1 component, 1 converter, 1 codec",
                            "INFO Library empty: no classes",
                            "INFO Library second: 2 factories"),
                    log.take("INFO Library"));
        }
    }

    @Test
    void isLeftOutWithAllThatItHas() throws Exception {
        for (BistroBuilder application : List.of(
                app(AuditLibrary.class).without(AuditLibrary.class),
                app(BrokenLibrary.class).without(BrokenLibrary.class),
                app(ThrowingLibrary.class).without(ThrowingLibrary.class))) {
            try (TestClient client = TestClient.start(application)) {
                assertEquals(
                        Optional.empty(),
                        client.get("/").send().assertStatus(200).header("Audited"));
                client.get("/audit").send().assertStatus(404);
            }
        }
    }

    @Test
    void oneOfItsClassesIsLeftOut() throws Exception {
        try (TestClient client =
                TestClient.start(app(AuditLibrary.class).without(AuditController.class, AuditFilter.class))) {
            assertEquals(Optional.empty(), client.get("/").send().header("Audited"));
            client.get("/audit").send().assertStatus(404);
        }
    }

    // ---- who wins

    @Factory
    static final class OwnBeans {
        @Bean
        Clerk own() {
            return () -> "own clerk";
        }

        @Bean
        Converter<Money> converter() {
            return text -> new Money("own " + text);
        }
    }

    static final class OwnCodec extends WeightCodec {
        @Override
        String name() {
            return "own";
        }
    }

    static final class OwnErrors {
        @ExceptionHandler
        @Status(409)
        String failed(AuditFailure failure) {
            return "the application's answer";
        }
    }

    @Test
    void theApplicationsOwnWins() throws Exception {
        try (TestClient client =
                TestClient.start(app(AuditLibrary.class).add(OwnBeans.class, OwnCodec.class, OwnErrors.class))) {
            assertEquals("own clerk, own 1", client.get("/audit").send().text());
            assertEquals("own 5", weigh(client));
            client.get("/audit/failure").send().assertStatus(409);
        }
    }

    @Test
    void aProgramsObjectWins() throws Exception {
        try (TestClient client = TestClient.start(app(AuditLibrary.class)
                .with(Clerk.class, () -> "given clerk")
                .with(AuditConfig.class, new AuditConfig("given")))) {
            assertEquals("given clerk, library's 1", client.get("/audit").send().text());
            assertEquals("given", client.server().get(AuditConfig.class).target());
        }
    }

    // ---- libraries that disagree, with each other and with the application

    @Factory
    static final class SecondBeans {
        @Bean
        String unused() {
            return "";
        }
    }

    @Factory
    static final class MoreBeans {
        @Bean
        Clerk clerk() {
            return () -> "second";
        }
    }

    public static final class SecondLibrary extends Named {
        public SecondLibrary() {
            super("second", SecondBeans.class, OtherBeans.class);
        }
    }

    @Factory
    static final class OtherBeans {
        @Bean
        long alsoUnused() {
            return 1;
        }
    }

    @Route("/audit")
    static final class RivalController {
        @Get
        String get() {
            return "";
        }
    }

    @Config("audit")
    record RivalConfig(@DefaultValue("1") int size) {}

    static final class RivalErrors {
        @ExceptionHandler
        @Status(400)
        String failed(AuditFailure failure) {
            return "";
        }
    }

    static final class RivalConverter implements Converter<Money> {
        @Override
        public Money convert(String text) {
            return new Money(text);
        }
    }

    public static final class RivalLibrary extends Named {
        public RivalLibrary() {
            super(
                    "rival",
                    RivalController.class,
                    RivalConfig.class,
                    RivalErrors.class,
                    RivalConverter.class,
                    MoreBeans.class);
        }
    }

    /** A library that is what its constructor says. */
    public abstract static class Named implements BistroLibrary {
        private final String name;
        private final List<Class<?>> classes;

        Named(String name, Class<?>... classes) {
            this.name = name;
            this.classes = List.of(classes);
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public List<Class<?>> classes() {
            return classes;
        }
    }

    @Test
    void librariesThatDisagreeAreReported() throws Exception {
        assertReport("libraries-disagree", app(RivalLibrary.class, AuditLibrary.class));
    }

    @Test
    void whatTheApplicationMayNotTakeIsReported() throws Exception {
        assertReport(
                "library-and-application",
                app(AuditLibrary.class).add(RivalController.class, RivalConfig.class, ServerConfig.class));
    }

    @Config("server")
    record ServerConfig(@DefaultValue("1") int extra) {}

    public static final class ServerLibrary extends Named {
        public ServerLibrary() {
            super("server-settings", ServerConfig.class);
        }
    }

    @Test
    void thePrefixesOfBistroAreTaken() throws Exception {
        assertReport("shared-prefix", app(ServerLibrary.class));
    }

    @Config("bistro")
    record BistroConfig(@DefaultValue("1") int extra) {}

    @Config("security")
    record SecurityConfig(@DefaultValue("1") int extra) {}

    @Config("session")
    record SessionConfig(@DefaultValue("1") int extra) {}

    @Config("json")
    record JsonConfig(@DefaultValue("1") int extra) {}

    @Config("validation")
    record ValidationConfig(@DefaultValue("1") int extra) {}

    public static final class GreedyLibrary extends Named {
        static final List<Class<?>> RECORDS = List.of(
                ServerConfig.class,
                BistroConfig.class,
                SecurityConfig.class,
                SessionConfig.class,
                JsonConfig.class,
                ValidationConfig.class);

        public GreedyLibrary() {
            super("greedy", RECORDS.toArray(Class<?>[]::new));
        }
    }

    @Test
    void allPrefixesOfBistroAreTaken() throws Exception {
        var fault = assertThrows(StartupException.class, app(GreedyLibrary.class)::startInProcess);
        List<String> taken = fault.problems().stream()
                .filter(problem -> problem.id().equals("shared-prefix"))
                .map(problem -> problem.places().get(0).toString())
                .toList();
        GreedyLibrary.RECORDS.forEach(
                type -> assertTrue(taken.toString().contains(type.getSimpleName()), () -> type + ": " + taken));
    }

    @Test
    void itsChecksAreReportedWithAllOthers() throws Exception {
        assertReport(
                "library-check",
                app(AuditLibrary.class).set("audit.target", "nowhere").set("server.port", "many"));
    }

    // ---- libraries that can't be used

    public static final class EmptyLibrary extends Named {
        public EmptyLibrary() {
            super("empty");
        }
    }

    public static final class EmptyToo extends Named {
        public EmptyToo() {
            super("empty");
        }
    }

    public static final class BrokenLibrary extends Named {
        public BrokenLibrary() {
            super("broken");
            throw new IllegalStateException("no licence");
        }
    }

    public static final class InitialisedLibrary extends Named {
        static final int SIZE = Integer.parseInt("many");

        public InitialisedLibrary() {
            super("initialised" + SIZE);
        }
    }

    public static final class ThrowingLibrary extends Named {
        public ThrowingLibrary() {
            super("throwing");
        }

        @Override
        public List<Class<?>> classes() {
            throw new NoClassDefFoundError("acme/Missing");
        }
    }

    public static final class CheckThrows extends Named {
        public CheckThrows() {
            super("check-throws");
        }

        @Override
        public void check(StartupCheck start) {
            throw new UnsupportedOperationException("not yet");
        }
    }

    public static final class AssertingLibrary extends Named {
        public AssertingLibrary() {
            super("asserting");
            throw new AssertionError("no licence");
        }
    }

    public static final class EndlessLibrary extends Named {
        public EndlessLibrary() {
            super("endless");
        }

        @Override
        public void check(StartupCheck start) {
            check(start);
        }
    }

    public static final class NullLibrary extends Named {
        public NullLibrary() {
            super(null);
        }
    }

    public static final class BlankLibrary extends Named {
        public BlankLibrary() {
            super(" ");
        }
    }

    public static final class NoConstructor extends Named {
        public NoConstructor(int size) {
            super("no-constructor" + size);
        }
    }

    public abstract static class Abstract implements BistroLibrary {}

    static final class NotPublic extends Named {
        NotPublic() {
            super("not-public");
        }
    }

    interface Port {}

    abstract static class HalfPort implements Port {}

    enum Sizes implements Port {
        SMALL,
        LARGE
    }

    record Needy(String text) implements Port {}

    final class Inner implements Port {}

    /** Looked at as a factory. */
    @Factory
    interface Closed {
        @Bean
        String text();
    }

    @Route("/generic")
    static final class GenericController<T> {
        @Post
        String post(@dev.bistro.annotation.Body List<T> all) {
            return "";
        }
    }

    public static final class UnsuitableLibrary extends Named {
        public UnsuitableLibrary() {
            super(
                    "unsuitable",
                    Port.class,
                    HalfPort.class,
                    Sizes.class,
                    Needy.class,
                    Inner.class,
                    Deprecated.class,
                    String.class,
                    int[].class,
                    Closed.class,
                    GenericController.class);
        }
    }

    @Test
    void eachThatFailsIsReportedByItsName() throws Exception {
        Class<?> application = LibraryLoader.application(
                EmptyToo.class.getName(),
                "acme.NotThere",
                String.class.getName(),
                BrokenLibrary.class.getName(),
                AssertingLibrary.class.getName(),
                EndlessLibrary.class.getName(),
                InitialisedLibrary.class.getName(),
                ThrowingLibrary.class.getName(),
                NullLibrary.class.getName(),
                BlankLibrary.class.getName(),
                NoConstructor.class.getName(),
                Abstract.class.getName(),
                NotPublic.class.getName(),
                CheckThrows.class.getName(),
                EmptyLibrary.class.getName(),
                UnsuitableLibrary.class.getName());
        assertReport("libraries-that-fail", Bistro.app(application).classes(Home.class));
    }

    @Filter
    static final class FailingFilter {
        FailingFilter() {
            throw new IllegalStateException("no disk");
        }

        Response<?> filter(Chain chain) {
            return chain.proceed();
        }
    }

    static final class FailingHook {
        @OnStart
        void start() {
            throw new IllegalStateException("no disk");
        }
    }

    public static final class FilterLibrary extends Named {
        public FilterLibrary() {
            super("failing-filter", FailingFilter.class);
        }
    }

    public static final class HookLibrary extends Named {
        public HookLibrary() {
            super("failing-hook", FailingHook.class);
        }
    }

    @ParameterizedTest
    @ValueSource(classes = {FilterLibrary.class, HookLibrary.class})
    void whatFailsWhileItIsStartedTellsItsLibraryOnce(Class<?> library) throws Exception {
        var fault = assertThrows(StartupException.class, app(library)::startInProcess);
        String told = "to leave that out: Bistro.app(…).without(LibrariesTest." + library.getSimpleName() + ".class)";
        assertEquals(2, fault.getMessage().split(Pattern.quote(told), -1).length, fault::getMessage);
        assertEquals("no disk", fault.getCause().getMessage());
    }

    @Test
    void aLineThatIsNoNameEndsItsFile() throws Exception {
        Class<?> application = LibraryLoader.application("not a name");
        assertReport("library-not-loaded", Bistro.app(application).classes(Home.class));
    }

    // ---- adding and leaving out

    static final class Plain {}

    @Test
    void whatIsAddedTakesPart() throws Exception {
        try (TestClient client = TestClient.start(app().add(RivalController.class, OwnBeans.class))) {
            client.get("/audit").send().assertStatus(200);
            client.get("/").send().assertStatus(200);
            assertEquals("own clerk", client.server().get(Clerk.class).name());
        }
    }

    @Test
    void unsuitableClassesThatAreAddedAreReported() throws Exception {
        assertReport(
                "unsuitable-class",
                app().add(
                                Port.class,
                                HalfPort.class,
                                Sizes.class,
                                Needy.class,
                                Inner.class,
                                Deprecated.class,
                                GenericController.class));
    }

    @Test
    void whatIsNotThereCanNotBeLeftOut() throws Exception {
        assertReport(
                "not-left-out",
                app(EmptyLibrary.class).add(OwnCodec.class).without(Plain.class, WeightCodec.class, Home.class));
        assertReport("library-not-left-out", app(EmptyLibrary.class).without(AuditLibrary.class));
    }

    @Route("/needs")
    static final class NeedsPlain {
        @Inject
        Plain plain;

        @Inject
        Optional<OwnCodec> codec;

        @Get
        String get() {
            return "";
        }
    }

    @Test
    void noObjectIsMadeOfWhatIsLeftOut() throws Exception {
        assertReport(
                "left-out",
                app().add(NeedsPlain.class, Plain.class, OwnCodec.class).without(Plain.class));
        try (TestClient client = TestClient.start(app().add(NeedsPlain.class, Plain.class, OwnCodec.class)
                .without(OwnCodec.class, Plain.class)
                .with(Plain.class, new Plain()))) {
            client.get("/needs").send().assertStatus(200);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theOrderOfTheFileDoesNotMatter(boolean auditFirst) throws Exception {
        Class<?>[] libraries = {
            auditFirst ? AuditLibrary.class : RivalLibrary.class, auditFirst ? RivalLibrary.class : AuditLibrary.class
        };
        var fault = assertThrows(StartupException.class, app(libraries)::startInProcess);
        Map<String, List<Problem>> byKind =
                fault.problems().stream().collect(java.util.stream.Collectors.groupingBy(Problem::id));
        assertTrue(
                byKind.get("duplicate-route").get(0).places().get(0).toString().contains("AuditController"),
                fault::getMessage);
    }
}
