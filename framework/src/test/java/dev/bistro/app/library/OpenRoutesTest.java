package dev.bistro.app.library;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.bistro.Bistro;
import dev.bistro.BistroBuilder;
import dev.bistro.BistroLibrary;
import dev.bistro.annotation.Get;
import dev.bistro.annotation.PermitAll;
import dev.bistro.annotation.Post;
import dev.bistro.annotation.Route;
import dev.bistro.http.Method;
import dev.bistro.session.Session;
import dev.bistro.testing.TestClient;
import dev.bistro.testing.TestRequest;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

/**
 * What is open where nothing is by default: a route that another than the application contributes, such as one of a
 * check of health, says so by {@code @PermitAll}, as the application's own do. All that says nothing needs a login.
 */
@Timeout(60)
class OpenRoutesTest {
    @Route("/health")
    @PermitAll
    static final class Health {
        @Get("/live")
        String live() {
            return "live";
        }

        @Get("/ready")
        String ready() {
            return "ready";
        }
    }

    @Route("/descriptions")
    static final class Descriptions {
        @Get
        String all() {
            return "all";
        }
    }

    public static final class OperationsLibrary implements BistroLibrary {
        @Override
        public String name() {
            return "operations";
        }

        @Override
        public List<Class<?>> classes() {
            return List.of(Health.class, Descriptions.class);
        }
    }

    @Route("/")
    static final class Home {
        @Get
        String home() {
            return "home";
        }

        @Post("/login")
        @PermitAll
        String login(Session session) {
            session.login("ada");
            return "welcome";
        }
    }

    private static final ListAppender<ILoggingEvent> LOG = new ListAppender<>();
    private static TestClient nobody;
    private static TestClient ada;

    @BeforeAll
    static void start() throws ClassNotFoundException {
        BistroBuilder app = Bistro.app(LibraryLoader.application(OperationsLibrary.class))
                .classes(Home.class)
                .set("security.default", "deny")
                .set("security.cors.origins", "https://shop.example");
        Logger logger = (Logger) LoggerFactory.getLogger(Bistro.class);
        Level before = logger.getLevel();
        logger.setLevel(Level.INFO);
        LOG.start();
        logger.addAppender(LOG);
        nobody = TestClient.start(app);
        logger.detachAppender(LOG);
        logger.setLevel(before);
        ada = nobody.withCookies();
        ada.post("/login").send().assertStatus(200);
    }

    @AfterAll
    static void stop() {
        nobody.close();
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        // request            nobody ada
        "GET,       /,              401, 200",
        "HEAD,      /,              401, 200",
        "GET,       /health/live,   200, 200",
        "HEAD,      /health/live,   200, 200",
        "GET,       /health/ready,  200, 200",
        "GET,       /descriptions,  401, 200",
        "HEAD,      /descriptions,  401, 200",
        "GET,       /health/other,  404, 404",
        "GET,       /health,        404, 404",
        "GET,       /other,         404, 404",
        "POST,      /,              405, 405",
        "POST,      /health/live,   405, 405",
        "OPTIONS,   /,              204, 204",
        "OPTIONS,   /descriptions,  204, 204",
        "PREFLIGHT, /,              204, 204",
        "PREFLIGHT, /descriptions,  204, 204",
        "PREFLIGHT, /health/live,   204, 204",
    })
    void onlyWhatSaysSoIsOpen(String method, String path, int ofNobody, int ofAda) {
        assertEquals(List.of(ofNobody, ofAda), List.of(status(nobody, method, path), status(ada, method, path)));
    }

    private static int status(TestClient client, String method, String path) {
        if (!method.equals("PREFLIGHT")) {
            return client.request(Method.of(method), path).send().status().code();
        }
        TestRequest preflight = client.options(path)
                .header("Origin", "https://shop.example")
                .header("Access-Control-Request-Method", "GET");
        return preflight
                .send()
                .assertHeader("Access-Control-Allow-Origin", "https://shop.example")
                .status()
                .code();
    }

    @Test
    void theStartupLogSaysWhoMayCallThem() {
        Optional<String> table = LOG.list.stream()
                .map(ILoggingEvent::getFormattedMessage)
                .filter(line -> line.startsWith("Routes:"))
                .findFirst();
        String routes = table.orElseThrow().replaceAll(" +", " ");
        for (String expected : List.of(
                "GET / any login ",
                "GET /descriptions any login ",
                "GET /health/live anybody ",
                "GET /health/ready anybody ",
                "POST /login anybody ")) {
            assertTrue(routes.contains("\n " + expected), routes);
        }
        assertEquals(
                List.of("/health/live", "/health/ready", "/login"),
                nobody.server().routes().stream()
                        .filter(route -> route.access().equals("anybody"))
                        .map(route -> route.path())
                        .sorted()
                        .toList());
    }
}
