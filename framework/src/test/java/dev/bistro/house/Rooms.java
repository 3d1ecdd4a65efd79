package dev.bistro.house;

import static java.util.Map.entry;

import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The plan of the house: which room (package) may use which. Whoever needs another edge changes the plan first, here,
 * and gives the reason in review.
 */
final class Rooms {
    /** The package {@code dev.bistro} itself. */
    static final String FRONT_DOOR = "(front door)";

    /** The only class that writes to the console: what {@code --help} prints is for who asked, and not for the log. */
    static final String WRITES_TO_CONSOLE = "dev.bistro.Help";

    private static final String ROOT = "dev.bistro";

    private static final Map<String, Set<String>> MAY_USE = Map.ofEntries(
            entry("annotation", Set.of()),
            entry("types", Set.of()),
            entry("http", Set.of()),
            entry("html", Set.of()),
            entry("net", Set.of()),
            entry("feed", Set.of()),
            entry("tls", Set.of("net", "startup")),
            entry("http.spi", Set.of("http")),
            entry("description", Set.of("http", "types")),
            entry("startup", Set.of("types")),
            entry("validation", Set.of("types", "startup")),
            entry("http1", Set.of("net", "http", "http.spi")),
            entry("websocket", Set.of("http")),
            entry("websocket.protocol", Set.of("net", "http", "http.spi", "websocket")),
            entry("coding", Set.of("http", "http.spi")),
            entry("https", Set.of("http", "http.spi")),
            entry("observe", Set.of("http", "http.spi")),
            entry("observe.jfr", Set.of("http", "http.spi", "observe", "types")),
            entry("observe.tracing", Set.of("http", "http.spi", "observe", "types")),
            entry("metrics", Set.of("http", "http.spi")),
            entry("metrics.micrometer", Set.of("metrics", "types")),
            entry("security", Set.of("annotation", "http", "http.spi", "handler", "routing", "types", "startup")),
            entry("file", Set.of("http", "http.spi")),
            entry("assets", Set.of("annotation", "http", "http.spi", "file", "startup")),
            entry("routing", Set.of("description", "http", "http.spi", "startup")),
            entry("body", Set.of("annotation", "html", "http", "http.spi")),
            entry("json", Set.of()),
            entry("json.generated", Set.of()),
            entry(
                    "body.json",
                    Set.of("annotation", "http", "http.spi", "body", "json", "json.generated", "types", "startup")),
            entry("openapi.schema", Set.of("annotation", "http", "body", "body.json", "types")),
            entry("openapi", Set.of()),
            entry("openapi.check", Set.of("body", "body.json", "http")),
            entry(
                    "openapi.document",
                    Set.of(
                            "annotation",
                            "body",
                            "body.json",
                            "config",
                            "description",
                            "http",
                            "http.spi",
                            "index",
                            "openapi",
                            "openapi.schema",
                            "types")),
            entry("health", Set.of()),
            entry("health.probe", Set.of("body", "health", "http", "http.spi")),
            entry("session", Set.of("http")),
            entry("session.state", Set.of("http", "http.spi", "body", "session", "types")),
            entry("auth", Set.of("http", "session")),
            entry("auth.jwt", Set.of("auth", "http", "startup", "types")),
            entry(
                    "access",
                    Set.of(
                            "annotation",
                            "auth",
                            "description",
                            "http",
                            "http.spi",
                            "handler",
                            "filter",
                            "types",
                            "startup")),
            entry(
                    "binding",
                    Set.of(
                            "annotation",
                            "auth",
                            "description",
                            "http",
                            "http.spi",
                            "body",
                            "session",
                            "validation",
                            "types",
                            "startup")),
            entry(
                    "result",
                    Set.of(
                            "annotation",
                            "description",
                            "html",
                            "http",
                            "http.spi",
                            "body",
                            "file",
                            "feed",
                            "types",
                            "startup")),
            entry("inject", Set.of("annotation", "types", "startup")),
            entry("index", Set.of("annotation", "index.json", "json.generated")),
            entry("index.json", Set.of("annotation", "feed", "json.generated")),
            entry("config", Set.of("annotation", "types", "startup")),
            entry("lifecycle", Set.of("annotation", "inject", "types", "startup")),
            entry("handler", Set.of("annotation", "description", "http", "http.spi", "types", "startup")),
            entry("feed.store", Set.of("feed", "http")),
            entry("feed.postgresql", Set.of("feed", "feed.store")),
            entry("feed.redis", Set.of("data.redis", "feed", "feed.store")),
            entry("data", Set.of("annotation", "http")),
            entry(
                    "data.transaction",
                    Set.of(
                            "annotation",
                            "data",
                            "description",
                            "feed",
                            "handler",
                            "http",
                            "http.spi",
                            "types",
                            "startup")),
            entry("data.state", Set.of("data.redis", "data.transaction", "http", "limit", "session", "session.state")),
            entry("data.pool", Set.of("data.transaction", "types")),
            entry("data.redis", Set.of("http", "types")),
            entry("data.migration", Set.of("data.transaction", "types")),
            entry("data.jdbi", Set.of("data.transaction", "types")),
            entry(
                    "exception",
                    Set.of("annotation", "description", "http", "http.spi", "handler", "result", "types", "startup")),
            entry(
                    "filter",
                    Set.of(
                            "annotation",
                            "description",
                            "http",
                            "http.spi",
                            "inject",
                            "exception",
                            "handler",
                            "result",
                            "routing",
                            "types",
                            "startup")),
            entry(
                    "limit",
                    Set.of(
                            "annotation",
                            "description",
                            "http",
                            "http.spi",
                            "config",
                            "exception",
                            "handler",
                            "filter",
                            "inject",
                            "types",
                            "startup")),
            entry(
                    "scan",
                    Set.of(
                            "annotation",
                            "auth",
                            "html",
                            "http",
                            "body",
                            "body.json",
                            "data",
                            "exception",
                            "handler",
                            "health",
                            "index",
                            "openapi",
                            "session",
                            "startup")),
            entry(
                    "websocket.endpoint",
                    Set.of(
                            "access",
                            "annotation",
                            "description",
                            "http",
                            "http.spi",
                            "routing",
                            "body",
                            "binding",
                            "validation",
                            "websocket",
                            "websocket.protocol",
                            "handler",
                            "exception",
                            "filter",
                            "limit",
                            "types",
                            "startup")),
            entry(
                    "controller",
                    Set.of(
                            "access",
                            "annotation",
                            "description",
                            "http",
                            "http.spi",
                            "assets",
                            "file",
                            "routing",
                            "body",
                            "binding",
                            "result",
                            "inject",
                            "session.state",
                            "validation",
                            "websocket.protocol",
                            "websocket.endpoint",
                            "handler",
                            "exception",
                            "filter",
                            "limit",
                            "types",
                            "startup")),
            entry(
                    FRONT_DOOR,
                    Set.of(
                            "access",
                            "annotation",
                            "description",
                            "auth",
                            "auth.jwt",
                            "types",
                            "http",
                            "html",
                            "net",
                            "tls",
                            "feed",
                            "feed.postgresql",
                            "feed.redis",
                            "feed.store",
                            "http.spi",
                            "startup",
                            "validation",
                            "http1",
                            "websocket",
                            "websocket.protocol",
                            "websocket.endpoint",
                            "coding",
                            "data",
                            "data.jdbi",
                            "data.migration",
                            "data.pool",
                            "data.redis",
                            "data.state",
                            "data.transaction",
                            "https",
                            "security",
                            "file",
                            "assets",
                            "routing",
                            "body",
                            "body.json",
                            "openapi",
                            "openapi.check",
                            "openapi.document",
                            "openapi.schema",
                            "json",
                            "json.generated",
                            "binding",
                            "result",
                            "inject",
                            "index",
                            "index.json",
                            "config",
                            "lifecycle",
                            "handler",
                            "exception",
                            "filter",
                            "health",
                            "health.probe",
                            "limit",
                            "metrics",
                            "metrics.micrometer",
                            "observe",
                            "observe.jfr",
                            "observe.tracing",
                            "scan",
                            "session",
                            "session.state",
                            "controller")),
            entry(
                    "testing",
                    Set.of(
                            "access",
                            "annotation",
                            "auth",
                            "http",
                            "http.spi",
                            "websocket",
                            "handler",
                            "routing",
                            "body",
                            "body.json",
                            "config",
                            "session",
                            "session.state",
                            "description",
                            "openapi.check",
                            "types",
                            "startup",
                            FRONT_DOOR)));

    /** The rooms that users see. What they need of {@code inject} is theirs too. */
    static final Set<String> API = Set.of(
            FRONT_DOOR,
            "annotation",
            "auth",
            "html",
            "http",
            "websocket",
            "body",
            "json",
            "json.generated",
            "openapi",
            "health",
            "file",
            "feed",
            "config",
            "data",
            "session",
            "startup",
            "testing");

    /** Libraries that only some may import: single classes, or whole rooms. */
    private static final Map<String, Set<String>> MAY_IMPORT = Map.ofEntries(
            entry("tools.jackson.", Set.of("body.json", "json", "openapi.schema")),
            entry(
                    "com.fasterxml.jackson.",
                    Set.of(
                            "body.json",
                            "openapi.schema",
                            "dev.bistro.index.json.Discriminator")), // names annotations, and imports none
            entry("com.nimbusds.", Set.of("auth.jwt")),
            entry("com.zaxxer.", Set.of("data.pool")),
            entry("io.lettuce.", Set.of("data.redis")),
            entry("org.flywaydb.", Set.of("data.migration")),
            entry("org.jdbi.", Set.of("data.jdbi")),
            entry("io.micrometer.", Set.of("metrics.micrometer")),
            entry("io.opentelemetry.", Set.of("observe.tracing")),
            entry("jdk.jfr.", Set.of("observe.jfr")),
            entry(
                    "jakarta.validation.",
                    Set.of(
                            "dev.bistro.validation.JakartaConstraints",
                            "dev.bistro.validation.ConstraintAudit",
                            "dev.bistro.validation.ConstraintGroups",
                            "dev.bistro.validation.ConstraintMarks",
                            "dev.bistro.validation.ConstraintTypes",
                            "dev.bistro.validation.InjectedValidators",
                            "dev.bistro.validation.MessageLanguages",
                            "dev.bistro.validation.MethodCheck",
                            "dev.bistro.validation.ValueCheck",
                            "dev.bistro.validation.Violations",
                            "dev.bistro.openapi.schema.ConstraintKeywords")), // names them, and imports none
            entry("io.github.classgraph.", Set.of("dev.bistro.scan.ControllerScanner", "dev.bistro.scan.ScannedClass")),
            // they have memory outside the heap, which each of these ends however a stream does
            entry(
                    "java.util.zip.Deflater",
                    Set.of(
                            "dev.bistro.coding.Coding",
                            "dev.bistro.coding.EncodedOutput",
                            "dev.bistro.websocket.protocol.Zlib",
                            "dev.bistro.websocket.protocol.MessageDeflater")),
            entry(
                    "java.util.zip.Inflater",
                    Set.of(
                            "dev.bistro.coding.Coding",
                            "dev.bistro.coding.DecodedStream",
                            "dev.bistro.websocket.protocol.Zlib",
                            "dev.bistro.websocket.protocol.MessageInflater")),
            entry("java.util.zip.GZIP", Set.of()),
            entry(
                    "org.slf4j.",
                    Set.of(
                            FRONT_DOOR,
                            "net",
                            "tls",
                            "http1",
                            "websocket.protocol",
                            "websocket.endpoint",
                            "controller",
                            "data.redis",
                            "data.state",
                            "data.transaction",
                            "exception",
                            "feed.postgresql",
                            "feed.redis",
                            "feed.store",
                            "inject",
                            "health.probe",
                            "session.state",
                            "lifecycle",
                            "limit",
                            "metrics.micrometer",
                            "observe")));

    private Rooms() {}

    /** For each room, the rooms that it may use. */
    static Map<String, Set<String>> plan() {
        return MAY_USE;
    }

    /** The beginnings of names that are only for some to import. */
    static Set<String> libraries() {
        return MAY_IMPORT.keySet();
    }

    /**
     * The room of a class or package of ours by its full name: {@code http.spi} for {@code dev.bistro.http.spi.Target},
     * {@code net} for {@code dev.bistro.net.tls.Tls} where {@code net.tls} is no room of its own; empty for another's.
     */
    static Optional<String> of(String name) {
        if (!name.startsWith(ROOT + ".")) {
            return Optional.empty();
        }
        String[] segments = name.substring(ROOT.length() + 1).split("\\.");
        if (!isPackage(segments[0])) {
            return Optional.of(FRONT_DOOR);
        }
        String two = segments.length > 1 && isPackage(segments[1]) ? segments[0] + "." + segments[1] : "";
        return Optional.of(MAY_USE.containsKey(two) ? two : segments[0]);
    }

    private static boolean isPackage(String segment) {
        return !segment.isEmpty() && Character.isLowerCase(segment.charAt(0));
    }

    /** What is wrong with a class's use of another, if anything is. */
    static Optional<String> fault(String user, String used) {
        return edgeFault(user, used).or(() -> libraryFault(user, used));
    }

    private static Optional<String> edgeFault(String user, String used) {
        String from = of(user).orElseThrow();
        String to = of(used).orElse(from);
        if (!MAY_USE.containsKey(from)) {
            return Optional.of(
                    user + " is in the room " + from + ", which is not in the plan of the house (Rooms.java)");
        }
        if (from.equals(to) || MAY_USE.get(from).contains(to)) {
            return Optional.empty();
        }
        return Optional.of(user + " uses " + used + ", but the edge " + from + " -> " + to
                + " is not in the plan of the house" + " (Rooms.java): " + from + " may use "
                + (MAY_USE.get(from).isEmpty() ? "no other room" : words(MAY_USE.get(from)) + " only"));
    }

    private static Optional<String> libraryFault(String user, String used) {
        String topLevel = user.split("\\$")[0];
        return MAY_IMPORT.entrySet().stream()
                .filter(library -> used.startsWith(library.getKey()))
                .filter(library -> !library.getValue().contains(topLevel))
                .filter(library -> !library.getValue().contains(of(user).orElseThrow()))
                .map(library -> user + " uses " + used + ", but only " + words(library.getValue()) + " may import "
                        + library.getKey() + "* (Rooms.java)")
                .findFirst();
    }

    private static String words(Set<String> names) {
        return String.join(", ", new TreeSet<>(names));
    }

    /** A way through the plan from a room back to itself; empty if there is none. */
    static Optional<String> cycle(Map<String, Set<String>> plan) {
        return plan.keySet().stream()
                .sorted()
                .flatMap(room -> wayBack(room, plan).stream())
                .findFirst();
    }

    private static Optional<String> wayBack(String start, Map<String, Set<String>> plan) {
        return wayTo(start, start, plan, new HashSet<>()).map(way -> start + " -> " + way);
    }

    private static Optional<String> wayTo(String goal, String at, Map<String, Set<String>> plan, Set<String> seen) {
        for (String next : new TreeSet<>(plan.getOrDefault(at, Set.of()))) {
            if (next.equals(goal)) {
                return Optional.of(goal);
            }
            if (seen.add(next)) {
                Optional<String> rest = wayTo(goal, next, plan, seen);
                if (rest.isPresent()) {
                    return rest.map(way -> next + " -> " + way);
                }
            }
        }
        return Optional.empty();
    }
}
