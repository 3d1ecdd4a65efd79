package dev.bistro.scan;

import static dev.bistro.scan.CompiledApplication.IMPORTS;
import static dev.bistro.scan.CompiledApplication.names;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bistro.startup.Problems;
import dev.bistro.wire.JavaCommand;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The index that the annotation processor writes finds what a scan finds, and is used only while it is up to date. */
class ApplicationIndexTest {
    private static final String INDEX = "META-INF/bistro/classes.index";
    private static final String BY_INDEX = "by the index";

    /** Whatever an application may be made of, and what looks like it. */
    private static final Map<String, String> SHOP = Map.ofEntries(
            Map.entry("shop/App.java", """
                    package shop;
                    public class App {
                        public static void main(String[] args) {
                            try (dev.bistro.Server server = dev.bistro.Bistro.app(App.class).port(0).start()) {
                                System.out.println(server.routes());
                            }
                        }
                    }
                    """),
            Map.entry("shop/Items.java", "package shop; " + IMPORTS + """
                    @Route("/items") final class Items {
                        @Inject Items(Catalog catalog, @Main Clock clock) {}
                        @Get String get() {
                            @Named("local") class Local {}
                            return new Object() { @Inject Object hidden; }.toString() + new Local();
                        }
                        record Row(int number) implements Catalog {}
                        enum Kind implements Catalog { A { }, B }
                        final class Inner implements Catalog {}
                        static final class Nested implements Clock {}
                    }
                    """),
            Map.entry(
                    "shop/deep/More.java",
                    "package shop.deep; " + IMPORTS
                            + " class More { @Route(\"/more\") static class Inner { @Get void get() {} } }"),
            Map.entry("shop/package-info.java", "@Deprecated package shop;"),
            Map.entry("shop/Catalog.java", "package shop; interface Catalog {}"),
            Map.entry("shop/Clock.java", "package shop; interface Clock {}"),
            Map.entry("shop/MemoryCatalog.java", "package shop; final class MemoryCatalog implements Catalog {}"),
            Map.entry(
                    "shop/Main.java",
                    "package shop; " + IMPORTS + " @Qualifier "
                            + "@java.lang.annotation.Retention(java.lang.annotation.RetentionPolicy.RUNTIME)"
                            + " @interface Main {}"),
            Map.entry("shop/MainClock.java", "package shop; @Main final class MainClock implements Clock {}"),
            Map.entry(
                    "shop/Beans.java",
                    "package shop; " + IMPORTS
                            + " @Factory final class Beans { @Bean String name() { return \"\"; } }"),
            Map.entry(
                    "shop/Skus.java",
                    "package shop; " + IMPORTS + " final class Skus implements Converter<Integer> { public Integer "
                            + "convert(String s) { return 1; } }"),
            Map.entry("shop/Base.java", "package shop; " + IMPORTS + " abstract class Base { @Inject Beans beans; }"),
            Map.entry("shop/Lower.java", "package shop; final class Lower extends Base {}"),
            Map.entry(
                    "shop/Others.java",
                    "package shop; " + IMPORTS
                            + " @Singleton class Marked {} class Injected { @Inject Injected() {} } class "
                            + "Plain implements Runnable { public void run() {} } class Loose {}"
                            + " @RequestScoped record Asked() {}"),
            Map.entry(
                    "shop/Told.java",
                    "package shop; " + IMPORTS
                            + " class Told { @OnStart void start() {} } class ToldToo extends Told {} class "
                            + "Stopped { @OnStop void stop() {} }"
                            + " @Config(\"x\") record Sizes(@DefaultValue(\"1\") int i) {}"),
            Map.entry(
                    "shop/Log.java",
                    "package shop; " + IMPORTS + " @Filter @dev.bistro.annotation.Priority(1) class Log { Response<?> "
                            + "filter(Chain chain) { return chain.proceed(); } }"),
            Map.entry(
                    "shopping/Other.java",
                    "package shopping; " + IMPORTS + " @Route class Other { @Get void get() {} }"));

    @TempDir
    Path directory;

    private final Problems problems = new Problems();
    private CompiledApplication shop;

    @BeforeEach
    void compile() throws Exception {
        shop = new CompiledApplication(directory).compile(true, SHOP);
    }

    private ApplicationClasses find(Path... classPath) throws Exception {
        ApplicationClasses found = CompiledApplication.find(problems, "shop.App", classPath);
        assertEquals(List.of(), problems.found());
        return found;
    }

    private void assertNotBelieved(String why, Path... classPath) throws Exception {
        assertEquals("by a scan (no index: " + why + ")", find(classPath).how());
    }

    private static void assertSame(ApplicationClasses expected, ApplicationClasses found) {
        assertEquals(names(expected.controllers()), names(found.controllers()));
        assertEquals(names(expected.components()), names(found.components()));
    }

    @Test
    void givesTheSameApplicationAsAScan() throws Exception {
        ApplicationClasses indexed = find(shop.classes);
        assertEquals(BY_INDEX, indexed.how());
        for (boolean withFolders : new boolean[] {true, false}) {
            Path jar = CompiledApplication.jar(shop.classes, directory.resolve(withFolders + ".jar"), withFolders);
            ApplicationClasses inJar = find(jar);
            assertEquals(BY_INDEX, inJar.how());
            assertSame(indexed, inJar);
        }
        Files.delete(shop.classes.resolve(INDEX));
        ApplicationClasses scanned = find(shop.classes);
        assertEquals("by a scan (no index: classes has none)", scanned.how());
        assertSame(scanned, indexed);
        assertEquals(List.of("shop.Items", "shop.deep.More$Inner"), names(scanned.controllers()));
        assertEquals(
                List.of(
                        "shop.Asked",
                        "shop.Base",
                        "shop.Beans",
                        "shop.Injected",
                        "shop.Items$Kind",
                        "shop.Items$Nested",
                        "shop.Items$Row",
                        "shop.Log",
                        "shop.Lower",
                        "shop.MainClock",
                        "shop.Marked",
                        "shop.MemoryCatalog",
                        "shop.Sizes",
                        "shop.Skus",
                        "shop.Stopped",
                        "shop.Told",
                        "shop.ToldToo"),
                names(scanned.components()));
    }

    @Test
    void isNotBelievedWhenAClassWasAddedChangedOrRemoved() throws Exception {
        var extra = Map.of(
                "shop/Extra.java", "package shop; " + IMPORTS + " @Route(\"/x\") class Extra { @Get void get() {} }");
        shop.compile(false, extra);
        assertNotBelieved("that of classes doesn't have shop/Extra.class", shop.classes);
        assertTrue(names(find(shop.classes).controllers()).contains("shop.Extra"));
        Files.delete(shop.classes.resolve("shop/Extra.class"));
        assertEquals(BY_INDEX, find(shop.classes).how());
        shop.compile(
                false,
                Map.of("shop/Lower.java", "package shop; " + IMPORTS + " @Route class Lower { @Get void get() {} }"));
        assertNotBelieved("that of classes has another shop/Lower.class", shop.classes);
        shop.compile(true, Map.of("shop/Lower.java", SHOP.get("shop/Lower.java")));
        assertEquals(BY_INDEX, find(shop.classes).how());
        Files.delete(shop.classes.resolve("shop/MemoryCatalog.class"));
        assertNotBelieved("that of classes has another shop/MemoryCatalog.class", shop.classes);
    }

    @Test
    void isBroughtUpToDateWhenSomeClassesAreCompiled() throws Exception {
        shop.compile(
                true,
                Map.of(
                        "shop/Extra.java",
                        "package shop; " + IMPORTS + " @Route(\"/x\") class Extra { @Get void get() {} }"));
        ApplicationClasses found = find(shop.classes);
        assertEquals(BY_INDEX, found.how());
        assertEquals(List.of("shop.Extra", "shop.Items", "shop.deep.More$Inner"), names(found.controllers()));
        shop.compile(true, Map.of("shop/Extra.java", "package shop; class Extra {}"));
        assertEquals(
                List.of("shop.Items", "shop.deep.More$Inner"),
                names(find(shop.classes).controllers()));
        assertEquals(BY_INDEX, find(shop.classes).how());
    }

    @Test
    void knowsNothingOfWhatWasCompiledWithoutIt() throws Exception {
        shop.compile(false, Map.of("shop/Extra.java", "package shop; class Extra {}"));
        shop.compile(true, Map.of("shop/Clock.java", SHOP.get("shop/Clock.java")));
        assertNotBelieved("that of classes doesn't have shop/Extra.class", shop.classes);
    }

    @Test
    void isStillTrueAfterACompilationThatFails() throws Exception {
        String lower = "package shop; " + IMPORTS + " @Route class Lower { @Get void get() {} }";
        String wrong = "package shop; class Wrong { int x = \"\"; }";
        assertFalse(shop.tryToCompile(true, Map.of("shop/Lower.java", lower, "shop/Wrong.java", wrong)));
        ApplicationClasses indexed = find(shop.classes);
        Files.delete(shop.classes.resolve(INDEX));
        assertEquals(BY_INDEX, indexed.how(), "whether javac wrote the class that is right, or didn't");
        assertSame(find(shop.classes), indexed);
    }

    @Test
    void isNeededInEachFolderAndArchiveOfTheApplication() throws Exception {
        var second = new CompiledApplication(directory.resolve("second"));
        var admin = Map.of(
                "shop/admin/Admin.java",
                "package shop.admin; " + IMPORTS + " @Route(\"/admin\") class Admin { @Get void get() {} }");
        second.compile(false, admin);
        Path plain = CompiledApplication.jar(second.classes, directory.resolve("plain.jar"), true);
        Path bare = CompiledApplication.jar(second.classes, directory.resolve("bare.jar"), false);
        assertNotBelieved("plain.jar has none", shop.classes, plain);
        assertNotBelieved("bare.jar has none", shop.classes, bare);
        second.compile(true, admin);
        ApplicationClasses found = find(shop.classes, second.classes);
        assertEquals(BY_INDEX, found.how());
        assertTrue(names(found.controllers()).contains("shop.admin.Admin"));
    }

    @Test
    void isNotBelievedWhenItIsNoIndex() throws Exception {
        Files.writeString(shop.classes.resolve(INDEX), "something\n");
        assertNotBelieved("that of classes has another format", shop.classes);
        Files.writeString(
                shop.classes.resolve(INDEX), "# Bistro's index of classes, format 1. Written by the compiler.\n00 x\n");
        assertNotBelieved("that of classes has another format", shop.classes);
    }

    @Test
    void keepsClassGraphFromBeingLoadedAndIsReported() throws Exception {
        assertEquals(0, linesWithClassGraph("found by the index"));
        Files.delete(shop.classes.resolve(INDEX));
        assertTrue(linesWithClassGraph("found by a scan (no index: classes has none)") > 0);
    }

    private long linesWithClassGraph(String reported) throws Exception {
        Path log = directory.resolve("loaded.txt");
        Path output = directory.resolve("output.txt");
        Process process = new ProcessBuilder(JavaCommand.of(
                        "-Xlog:class+load:file=" + log,
                        "-Dlogback.configurationFile=logback-process.xml",
                        "-cp",
                        shop.classes + File.pathSeparator + JavaCommand.classPathWithout(JavaCommand.VALIDATION),
                        "shop.App"))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertTrue(process.waitFor(120, TimeUnit.SECONDS));
            assertEquals(0, process.exitValue(), Files.readString(output));
            assertTrue(Files.readString(output).contains("/items"), Files.readString(output));
            assertTrue(Files.readString(output).contains(reported), Files.readString(output));
        } finally {
            process.destroyForcibly();
        }
        try (var lines = Files.lines(log)) {
            return lines.filter(line -> line.contains("io.github.classgraph")).count();
        }
    }
}
