package dev.bistro.scan;

import static dev.bistro.scan.CompiledApplication.IMPORTS;
import static dev.bistro.scan.CompiledApplication.names;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bistro.inject.ContainerBuilder;
import dev.bistro.startup.Golden;
import dev.bistro.startup.Problems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scans applications that are compiled here, from a folder and from a jar. */
class ControllerScannerTest {
    private static final Map<String, String> SHOP = Map.of(
            "shop/App.java", "package shop; public class App {}",
            "shop/Items.java",
                    "package shop; " + IMPORTS + " @Route final class Items { @Get String get() { return \"\"; } }",
            "shop/deep/More.java",
                    "package shop.deep; " + IMPORTS
                            + " class More { @Route static class Inner { @Get void get() {} } }",
            "shop/Catalog.java", "package shop; interface Catalog {}",
            "shop/MemoryCatalog.java",
                    "package shop; final class MemoryCatalog implements Catalog { record Key(int i) "
                            + "implements Catalog {} }",
            "shop/Beans.java",
                    "package shop; " + IMPORTS + " @Factory final class Beans { @Bean String name() { return \"\"; } }",
            "shop/Skus.java",
                    "package shop; " + IMPORTS + " final class Skus implements Converter<Integer> { public Integer "
                            + "convert(String s) { return 1; } }",
            "shop/Marked.java",
                    "package shop; " + IMPORTS + " @Singleton class Marked {} class Injected { @Inject Injected() {} } "
                            + "@Named(\"x\") class Names {} class Plain {}",
            "shop/Told.java",
                    "package shop; " + IMPORTS
                            + " class Told { @OnStart void start() {} } class ToldToo extends Told {} class "
                            + "Stopped { @OnStop void stop() {} }"
                            + " @Config(\"x\") record Settings(int i) {}",
            "shopping/Other.java", "package shopping; " + IMPORTS + " @Route class Other { @Get void get() {} }");

    @TempDir
    Path directory;

    private final Problems problems = new Problems();

    private Path compile(Map<String, String> sources) throws IOException {
        return new CompiledApplication(directory).compile(false, sources).classes;
    }

    private ApplicationClasses scan(Path classPath, String application) throws Exception {
        return CompiledApplication.find(problems, application, classPath);
    }

    @Test
    void findsControllersAndComponentsInAFolderAndInAJar() throws Exception {
        Path classes = compile(SHOP);
        Path jar = CompiledApplication.jar(classes, directory.resolve("app.jar"), true);
        for (Path classPath : List.of(classes, jar)) {
            ApplicationClasses found = scan(classPath, "shop.App");
            assertEquals(List.of(), problems.found());
            assertEquals(List.of("shop.Items", "shop.deep.More$Inner"), names(found.controllers()));
            assertEquals(
                    List.of(
                            "shop.Beans",
                            "shop.Injected",
                            "shop.Marked",
                            "shop.MemoryCatalog",
                            "shop.MemoryCatalog$Key",
                            "shop.Names",
                            "shop.Settings",
                            "shop.Skus",
                            "shop.Stopped",
                            "shop.Told",
                            "shop.ToldToo"),
                    names(found.components()));
        }
    }

    @Test
    void reportsControllersOfWhichNoObjectCanBeMade() throws Exception {
        Path classes = compile(Map.of(
                "shop/App.java",
                "package shop; " + IMPORTS + " public class App { @Route class Inner {} @Route interface Face {} "
                        + "@Route abstract static class Half {} }"));
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
        Golden.assertGolden("class-not-loaded", problems);
    }

    @Test
    void reportsClassesThatCanNotBeLookedInto() throws Exception {
        Path classes = compile(Map.of(
                "shop/App.java",
                "package shop; public class App {}",
                "shop/Gone.java",
                "package shop; class Gone {}",
                "shop/Stock.java",
                "package shop; " + IMPORTS + " @Singleton class Stock { Gone gone() { return null; } }",
                "shop/Items.java",
                "package shop; " + IMPORTS
                        + " @Route class Items { @Inject Items(Stock stock) {} @Get void get() {} }"));
        Files.delete(classes.resolve("shop/Gone.class"));
        try (var loader = new java.net.URLClassLoader(
                new java.net.URL[] {classes.toUri().toURL()}, getClass().getClassLoader())) {
            ApplicationClasses found = ApplicationClasses.find(loader.loadClass("shop.App"), problems);
            var builder = new ContainerBuilder(problems).components(found.components());
            found.controllers().forEach(builder::root);
            builder.build();
        }
        Golden.assertGolden("class-not-looked-into", problems);
    }

    @Test
    void reportsFilesThatAreNoClassFiles() throws Exception {
        Path classes = compile(Map.of(
                "shop/App.java",
                "package shop; " + IMPORTS + " @Route public class App { @Get void get() {} }",
                "shop/Half.java",
                "package shop; " + IMPORTS + " @Route class Half { @Get void get() {} }"));
        byte[] whole = Files.readAllBytes(classes.resolve("shop/Half.class"));
        Files.write(classes.resolve("shop/Half.class"), Arrays.copyOf(whole, whole.length / 2));
        scan(classes, "shop.App");
        Golden.assertGolden("class-not-read", problems);
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
        assertEquals(1, problems.found().size());
        assertEquals("handler-without-route", problems.found().get(0).id());
    }
}
