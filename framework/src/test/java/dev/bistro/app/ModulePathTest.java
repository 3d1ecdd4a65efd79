package dev.bistro.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bistro.startup.Golden;
import dev.bistro.wire.JavaCommand;
import dev.bistro.wire.RawClient;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An application that is a module, as a process of its own: the tests themselves are on the class path. */
@Timeout(120)
class ModulePathTest {
    private static final Map<String, String> SHOP = Map.of(
            "shop/App.java",
            """
            package shop;
            import dev.bistro.Bistro;
            public final class App {
                public static void main(String[] args) {
                    Bistro.run(App.class, args);
                }
            }
            """,
            "shop/ItemController.java",
            """
            package shop;
            import dev.bistro.annotation.*;
            import dev.bistro.config.Secret;
            import jakarta.inject.*;
            import shop.data.*;
            @Route("/items")
            final class ItemController {
                private final Items items;
                @Inject ItemController(Items items) { this.items = items; }
                @Get("/{name}") Item find(@BeanParam Wanted wanted) { return items.find(wanted.name()); }
                @Post Item add(Item item) { return item; }
            }
            record Wanted(@PathParam String name) {}
            interface Items { Item find(String name); }
            @Singleton final class MemoryItems implements Items {
                private final ShopConfig config;
                @Inject MemoryItems(ShopConfig config) { this.config = config; }
                public Item find(String name) { return new Item(name, config.price()); }
                @OnStart void start() {}
            }
            @Config("shop") record ShopConfig(@DefaultValue("3") int price) {}
            """,
            "shop/data/Item.java",
            "package shop.data; public record Item(String name, int price) {}");

    @TempDir
    Path directory;

    private Process process;

    @AfterEach
    void end() {
        process.destroyForcibly();
    }

    private static final Map<String, String> AUDIT =
            Map.of("module-info.java", """
            module audit {
                requires dev.bistro;
                provides dev.bistro.BistroLibrary with acme.audit.AuditLibrary;
                opens acme.audit to dev.bistro, tools.jackson.databind;
            }
            """, "acme/audit/AuditLibrary.java", """
            package acme.audit;
            import dev.bistro.BistroLibrary;
            import dev.bistro.annotation.*;
            import java.util.List;
            public final class AuditLibrary implements BistroLibrary {
                public String name() { return "audit"; }
                public List<Class<?>> classes() { return List.of(AuditController.class, Beans.class); }
            }
            @Route("/audit") final class AuditController {
                @jakarta.inject.Inject StringBuilder text;
                @Get String get() { return text.toString(); }
            }
            @Factory final class Beans {
                @Bean StringBuilder text() { return new StringBuilder("audited"); }
            }
            """);

    private BufferedReader run(String moduleInfo) throws IOException {
        return run(moduleInfo, Map.of());
    }

    /** Runs the shop, with the sources of a module that nobody requires. */
    private BufferedReader run(String moduleInfo, Map<String, String> audit) throws IOException {
        String path = modulePath();
        Path classes = directory.resolve("classes");
        Path sources = directory.resolve("sources");
        write(sources.resolve("module-info.java"), moduleInfo);
        for (var source : SHOP.entrySet()) {
            write(sources.resolve(source.getKey()), source.getValue());
        }
        Path library = directory.resolve("audit");
        for (var source : audit.entrySet()) {
            write(library.resolve(source.getKey()), source.getValue());
        }
        var arguments = new ArrayList<>(List.of(
                "-proc:none",
                "-parameters",
                "-p",
                path,
                "-d",
                classes.toString(),
                "--module-version",
                "1.2",
                "--module-source-path",
                "shop=" + sources,
                "-m",
                audit.isEmpty() ? "shop" : "shop,audit"));
        if (!audit.isEmpty()) {
            arguments.addAll(List.of("--module-source-path", "audit=" + library));
        }
        OutputStream quiet = OutputStream.nullOutputStream();
        assertEquals(0, ToolProvider.getSystemJavaCompiler().run(null, quiet, quiet, arguments.toArray(String[]::new)));
        process = new ProcessBuilder(JavaCommand.of(
                        "-p",
                        path + File.pathSeparator + classes,
                        "--add-modules",
                        "ch.qos.logback.classic",
                        "-m",
                        "shop/shop.App",
                        "--server.port=0"))
                .redirectErrorStream(true)
                .directory(directory.toFile())
                .start();
        return new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    /** What the framework itself requires at run time, of all that the tests have. */
    private static String modulePath() {
        var needed = Pattern.compile(
                ".*(/framework/target/classes|/classgraph-[^/]*|/jackson-[^/]*|/jakarta\\.inject-api-[^/]*|/"
                        + "slf4j-api-[^/]*|/logback-[^/]*)");
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> needed.matcher(entry.replace('\\', '/')).matches())
                .collect(Collectors.joining(File.pathSeparator));
    }

    private int port(BufferedReader lines) throws IOException {
        var read = new StringBuilder();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            read.append(line).append('\n');
            if (line.contains("listens on")) {
                return Integer.parseInt(line.replaceAll(".*localhost:(\\d+).*", "$1"));
            }
        }
        throw new AssertionError("It didn't start: " + read);
    }

    @Test
    void isServedIfItOpensItsPackages() throws Exception {
        BufferedReader lines = run("""
                module shop {
                    requires dev.bistro;
                    opens shop to dev.bistro, tools.jackson.databind;
                    opens shop.data to dev.bistro, tools.jackson.databind;
                }
                """);
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port(lines));
        String found = RawClient.exchange(address, "GET /items/tea HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
        assertTrue(found.endsWith("{\"name\":\"tea\",\"price\":3}"), found);
        String added = RawClient.exchange(
                address,
                "POST /items HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Type: application/json\r\n"
                        + "Content-Length: 24\r\n\r\n" + "{\"name\":\"mug\",\"price\":7}");
        assertTrue(added.endsWith("{\"name\":\"mug\",\"price\":7}"), added);
        String missing = RawClient.exchange(address, "GET /none HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
        assertTrue(missing.startsWith("HTTP/1.1 404 ") && missing.contains("\"status\":404"), missing);
    }

    @Test
    void findsALibraryThatIsAModule() throws Exception {
        BufferedReader lines = run("open module shop { requires dev.bistro; }", AUDIT);
        var read = new ArrayList<String>();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            read.add(line);
            if (line.contains("listens on")) {
                break;
            }
        }
        assertTrue(
                read.stream().anyMatch(line -> line.endsWith("Library audit 1.2: 1 controller, 1 factory")),
                read::toString);
        int port = Integer.parseInt(read.get(read.size() - 1).replaceAll(".*localhost:(\\d+).*", "$1"));
        String audited = RawClient.exchange(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
                "GET /audit HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
        assertTrue(audited.endsWith("audited"), audited);
    }

    @Test
    void isToldWhatToOpen() throws Exception {
        String told = run("module shop { requires dev.bistro; opens shop.data to dev.bistro; }")
                .lines()
                .dropWhile(line -> !line.contains("Bistro did not start"))
                .collect(Collectors.joining("\n", "", "\n"));
        assertEquals(1, process.waitFor());
        Golden.assertText(
                "closed-package",
                told.substring(told.indexOf("Bistro did not start")).stripTrailing() + "\n");
    }
}
