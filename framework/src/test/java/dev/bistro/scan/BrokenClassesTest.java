package dev.bistro.scan;

import static dev.bistro.scan.CompiledApplication.IMPORTS;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.bistro.Bistro;
import dev.bistro.startup.Golden;
import dev.bistro.startup.Problems;
import dev.bistro.startup.StartupException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Starts applications with classes that Java can't load or initialise: each of them is reported. */
class BrokenClassesTest {
    private static final String APP = "package shop; public class App {}";
    private static final String IN_SHOP = "package shop; " + IMPORTS;
    private static final String FAILS = " static { if (true) { throw new IllegalStateException(\"no licence\"); } } ";

    @TempDir
    Path directory;

    private Path compile(Map<String, String> sources) throws Exception {
        return new CompiledApplication(directory).compile(false, sources).classes;
    }

    private void assertTold(String golden, Path classes) throws Exception {
        try (var loader = new URLClassLoader(
                new URL[] {classes.toUri().toURL()}, getClass().getClassLoader())) {
            Class<?> application = loader.loadClass("shop.App");
            var fault = assertThrows(
                    StartupException.class,
                    () -> Bistro.app(application).port(0).start().close());
            var problems = new Problems();
            fault.problems().forEach(problems::add);
            Golden.assertGolden(
                    golden, problems, String.valueOf(Runtime.version().feature()), "N");
        }
    }

    @Test
    void tellsThatAClassIsForANewerJava() throws Exception {
        Path classes = compile(Map.of(
                "shop/App.java", APP, "shop/Items.java", IN_SHOP + " @Route class Items { @Get void get() {} }"));
        Path items = classes.resolve("shop/Items.class");
        byte[] bytes = Files.readAllBytes(items);
        bytes[7] = (byte) 200; // the major version: Java 156
        Files.write(items, bytes);
        assertTold("class-of-newer-java", classes);
    }

    @Test
    void tellsWhyAStaticInitialiserFailed() throws Exception {
        assertTold(
                "static-initialiser",
                compile(Map.of(
                        "shop/App.java",
                        APP,
                        "shop/Store.java",
                        IN_SHOP + " @Singleton class Store {" + FAILS + "}",
                        "shop/Items.java",
                        IN_SHOP + " @Route class Items { @Inject Items(Store store) {} @Get void get() {} }")));
    }

    @Test
    void tellsWhyTheStaticInitialiserOfSettingsFailed() throws Exception {
        assertTold(
                "static-initialiser-settings",
                compile(Map.of(
                        "shop/App.java",
                        APP,
                        "shop/ShopConfig.java",
                        IN_SHOP + " @Config(\"shop\") record ShopConfig(@DefaultValue(\"1\") int a) {" + FAILS + "}",
                        "shop/Kind.java",
                        "package shop; enum Kind { A;" + FAILS + "}",
                        "shop/KindConfig.java",
                        IN_SHOP + " @Config(\"kind\") record KindConfig(@DefaultValue(\"A\") Kind kind) {}",
                        "shop/Items.java",
                        IN_SHOP + " @Route class Items { @Get void get() {} }")));
    }

    @Test
    void tellsWhyTheStaticInitialiserOfAParametersTypeFailed() throws Exception {
        assertTold(
                "static-initialiser-parameter",
                compile(Map.of(
                        "shop/App.java",
                        APP,
                        "shop/Kind.java",
                        "package shop; enum Kind { A;" + FAILS + "}",
                        "shop/Items.java",
                        IN_SHOP + " @Route class Items { @Get void get(Kind kind) {} }")));
    }

    @Test
    void tellsOfClassesThatAnnotationsAndMethodsNeed() throws Exception {
        Path classes = compile(Map.of(
                "shop/App.java",
                APP,
                "shop/Gone.java",
                "package shop; class Gone {}",
                "shop/Only.java",
                "package shop; "
                        + "@java.lang.annotation.Retention(java.lang.annotation.RetentionPolicy.RUNTIME)"
                        + " @interface Only { Class<?> value(); }",
                "shop/Items.java",
                IN_SHOP + " @Route class Items { @Only(Gone.class) @Get(\"/a\") void get() {} }",
                "shop/Orders.java",
                IN_SHOP + " @Route(\"/o\") class Orders { @Get Gone get() { return null; } }",
                "shop/Carts.java",
                IN_SHOP + " @Route(\"/c\") class Carts { @Get String get(@QueryParam(\"q\") String "
                        + "q) { return new Gone().toString(); } }"));
        Files.delete(classes.resolve("shop/Gone.class"));
        assertTold("class-not-loaded-method", classes);
    }

    /** To know whether a method overrides another one, the types of both are needed. */
    @Test
    void tellsOfClassesThatOverriddenMethodsNeed() throws Exception {
        Path classes = compile(Map.of(
                "shop/App.java",
                APP,
                "shop/Gone.java",
                "package shop; class Gone {}",
                "shop/Above.java",
                "package shop; class Above { public void on(java.util.List<Gone> all) {} }",
                "shop/Store.java",
                IN_SHOP + " @Singleton class Store extends Above {"
                        + " @Override public void on(java.util.List<Gone> all) {} }",
                "shop/Items.java",
                IN_SHOP + " @Route class Items { @Inject Items(Store store) {} @Get void get() {} }"));
        Files.delete(classes.resolve("shop/Gone.class"));
        assertTold("class-not-loaded-override", classes);
    }
}
