package dev.bistro.app.library;

import static dev.bistro.scan.CompiledApplication.IMPORTS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bistro.Bistro;
import dev.bistro.BistroBuilder;
import dev.bistro.scan.CompiledApplication;
import dev.bistro.startup.StartupException;
import dev.bistro.testing.TestClient;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A library in an archive of its own, beside an application that is found by its index or by a scan. */
class LibraryJarTest {
    private static final Map<String, String> SHOP = Map.of(
            "shop/App.java",
            "package shop; public final class App {}",
            "shop/Home.java",
            "package shop; " + IMPORTS + " @Route(\"/\") final class Home { @Get String get() { return \"home\"; } }");

    @TempDir
    Path directory;

    /** An archive with a library in a package. */
    private Path library(String name) throws Exception {
        String folder = name.replace('.', '/') + "/";
        String start = "package " + name + "; " + IMPORTS;
        var library = new CompiledApplication(directory.resolve("library"))
                .compile(
                        false,
                        Map.of(
                                folder + "Base.java",
                                start + " public abstract class Base implements dev.bistro.BistroLibrary {"
                                        + " public String name() { return \"audit\"; } }",
                                folder + "AuditLibrary.java",
                                start + " public final class AuditLibrary extends Base {"
                                        + " public java.util.List<Class<?>> classes() { return java.util.List.of("
                                        + " Audit.class, Beans.class, Sizes.class); }"
                                        + " public void check(dev.bistro.StartupCheck start) {"
                                        + " if (!version().equals(\"1.2\")) throw new AssertionError(version()); } }",
                                folder + "Audit.java",
                                start + " @Route(\"/audit\") final class Audit { @Inject StringBuilder text;"
                                        + " @Get String get() { return text.toString(); } }",
                                folder + "Beans.java",
                                start + " @Factory final class Beans { @Bean StringBuilder text(Sizes sizes) {"
                                        + " return new StringBuilder(\"library's \" + sizes.rows()); } }",
                                folder + "Sizes.java",
                                start + " @Config(\"audit\") record Sizes(@DefaultValue(\"7\") int rows) {}"));
        write(library.classes.resolve("META-INF/services/dev.bistro.BistroLibrary"), name + ".AuditLibrary\n");
        write(library.classes.resolve("META-INF/MANIFEST.MF"), "Manifest-Version: 1.0\nImplementation-Version: 1.2\n");
        return CompiledApplication.jar(library.classes, directory.resolve("library.jar"), true);
    }

    private static void write(Path file, String text) throws Exception {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private URLClassLoader classPath(boolean withIndex, Path library) throws Exception {
        Path shop = new CompiledApplication(directory.resolve("shop")).compile(withIndex, SHOP).classes;
        return new URLClassLoader(
                new URL[] {shop.toUri().toURL(), library.toUri().toURL()},
                getClass().getClassLoader());
    }

    private static BistroBuilder application(URLClassLoader loader) throws ClassNotFoundException {
        return Bistro.app(loader.loadClass("shop.App")).set("audit.rows", "9");
    }

    @ParameterizedTest
    @CsvSource({"acme.audit, true", "acme.audit, false", "shop.audit, true", "shop.audit, false"})
    void takesPartWhereverItsPackageIs(String name, boolean withIndex) throws Exception {
        try (var loader = classPath(withIndex, library(name))) {
            try (TestClient client = TestClient.start(application(loader))) {
                assertEquals("home", client.get("/").send().text());
                assertEquals("library's 9", client.get("/audit").send().text());
            }
            Class<?> library = loader.loadClass(name + ".AuditLibrary");
            try (TestClient client =
                    TestClient.start(Bistro.app(loader.loadClass("shop.App")).without(library))) {
                assertEquals("home", client.get("/").send().text());
                client.get("/audit").send().assertStatus(404);
            }
        }
    }

    @Test
    void isNamedWhereAClassAboveItIsMissing() throws Exception {
        library("acme.audit");
        Path classes = directory.resolve("library/classes");
        Files.delete(classes.resolve("acme/audit/Base.class"));
        try (var loader = classPath(false, classes)) {
            var fault = assertThrows(StartupException.class, application(loader)::startInProcess);
            assertEquals("library-not-loaded", fault.problems().get(0).id());
            String what = fault.problems().get(0).what();
            assertTrue(what.contains("acme.audit.AuditLibrary") && what.contains("acme/audit/Base"), what);
        }
    }
}
