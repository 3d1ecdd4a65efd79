package dev.bistro.controller;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bistro.startup.Golden;
import dev.bistro.startup.Problems;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scans applications that are compiled here, from a folder and from a jar. */
class ControllerScannerTest {
    private static final String IMPORTS =
            "import dev.bistro.annotation.*; import dev.bistro.http.*; import jakarta.inject.*;";
    private static final Map<String, String> SHOP = Map.of(
            "shop/App.java", "package shop; public class App {}",
            "shop/Items.java",
                    "package shop; " + IMPORTS + " @Route final class Items { @Get String get() { return \"\"; } }",
            "shop/deep/More.java",
                    "package shop.deep; " + IMPORTS
                            + " class More { @Route static class Inner { @Get void get() {} } }",
            "shop/Catalog.java", "package shop; interface Catalog {}",
            "shop/MemoryCatalog.java",
                    "package shop; final class MemoryCatalog implements Catalog { record Key(int i) implements Catalog {} }",
            "shop/Beans.java",
                    "package shop; " + IMPORTS + " @Factory final class Beans { @Bean String name() { return \"\"; } }",
            "shop/Skus.java",
                    "package shop; " + IMPORTS
                            + " final class Skus implements Converter<Integer> { public Integer convert(String s) { return 1; } }",
            "shop/Marked.java",
                    "package shop; " + IMPORTS
                            + " @Singleton class Marked {} class Injected { @Inject Injected() {} } @Named(\"x\") class Names {} class Plain {}",
            "shopping/Other.java", "package shopping; " + IMPORTS + " @Route class Other { @Get void get() {} }");

    @TempDir
    Path directory;

    private final Problems problems = new Problems();

    private Path compile(Map<String, String> sources) throws IOException {
        var files = new ArrayList<String>(List.of(
                "-proc:none",
                "-d",
                directory.resolve("classes").toString(),
                "-cp",
                System.getProperty("java.class.path")));
        for (var source : sources.entrySet()) {
            Path file = directory.resolve("sources").resolve(source.getKey());
            Files.createDirectories(file.getParent());
            files.add(Files.writeString(file, source.getValue()).toString());
        }
        assertEquals(0, ToolProvider.getSystemJavaCompiler().run(null, null, null, files.toArray(String[]::new)));
        return directory.resolve("classes");
    }

    private Path jar(Path classes) throws IOException {
        Path jar = directory.resolve("app.jar");
        try (OutputStream out = Files.newOutputStream(jar);
                var entries = new JarOutputStream(out);
                Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                entries.putNextEntry(new JarEntry(classes.relativize(file).toString()));
                entries.write(Files.readAllBytes(file));
            }
        }
        return jar;
    }

    private ApplicationClasses scan(Path classPath, String application) throws Exception {
        try (var loader = new URLClassLoader(
                new URL[] {classPath.toUri().toURL()}, getClass().getClassLoader())) {
            return ControllerScanner.scan(loader.loadClass(application), problems);
        }
    }

    private static List<String> names(List<Class<?>> classes) {
        return classes.stream().map(Class::getName).toList();
    }

    @Test
    void findsControllersAndComponentsInAFolderAndInAJar() throws Exception {
        Path classes = compile(SHOP);
        for (Path classPath : List.of(classes, jar(classes))) {
            ApplicationClasses found = scan(classPath, "shop.App");
            assertEquals(List.of(), problems.found());
            assertEquals(List.of("shop.Items", "shop.deep.More$Inner"), names(found.controllers()));
            assertEquals(
                    List.of(
                            "shop.Beans",
                            "shop.Injected",
                            "shop.Marked",
                            "shop.MemoryCatalog",
                            "shop.Names",
                            "shop.Skus"),
                    names(found.components()));
        }
    }

    @Test
    void reportsControllersOfWhichNoObjectCanBeMade() throws Exception {
        Path classes = compile(
                Map.of(
                        "shop/App.java",
                        "package shop; " + IMPORTS
                                + " public class App { @Route class Inner {} @Route interface Face {} @Route abstract static class Half {} }"));
        scan(classes, "shop.App");
        Golden.assertGolden("not-a-controller", problems);
    }

    @Test
    void reportsThatThereIsNoController() throws Exception {
        scan(compile(Map.of("shop/App.java", "package shop; public class App {}")), "shop.App");
        Golden.assertGolden("no-controllers", problems);
    }

    @Test
    void reportsAnApplicationWithoutAPackage() throws Exception {
        scan(compile(Map.of("App.java", "public class App {}")), "App");
        Golden.assertGolden("default-package", problems);
    }

    @Test
    void reportsClassesThatCanNotBeLoaded() throws Exception {
        Path classes = compile(Map.of(
                "shop/App.java", "package shop; public class App {}",
                "shop/Base.java", "package shop; class Base {}",
                "shop/Items.java",
                        "package shop; " + IMPORTS + " @Route class Items extends Base { @Get void get() {} }"));
        Files.delete(classes.resolve("shop/Base.class"));
        scan(classes, "shop.App");
        String report = problems.found().toString();
        assertTrue(
                report.contains("[class-not-loaded]") && report.contains("shop.Items") && report.contains("shop/Base"),
                report);
    }

    @Test
    void reportsClassesThatWouldBeControllersWithARoute() throws Exception {
        Path classes = compile(Map.of(
                "shop/App.java", "package shop; public class App {}",
                "shop/Base.java", "package shop; " + IMPORTS + " class Base { @Get void get() {} }",
                "shop/Items.java", "package shop; " + IMPORTS + " @Route class Items extends Base {}",
                "shop/Forgotten.java", "package shop; " + IMPORTS + " class Forgotten { @Get void get() {} }"));
        ApplicationClasses found = scan(classes, "shop.App");
        assertEquals(List.of("shop.Items"), names(found.controllers()));
        assertEquals(List.of(), found.components());
        assertEquals(1, problems.found().size());
        assertEquals("handler-without-route", problems.found().get(0).id());
    }
}
