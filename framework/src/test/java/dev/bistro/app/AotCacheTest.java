package dev.bistro.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.bistro.Bistro;
import dev.bistro.scan.CompiledApplication;
import dev.bistro.wire.Command;
import dev.bistro.wire.JavaCommand;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script of the guide writes an AOT cache that a start uses; one that can't be used is told. */
class AotCacheTest {
    private static final String SHOP = """
            package shop;
            import dev.bistro.Bistro;
            import dev.bistro.annotation.*;
            import java.util.List;

            @Route("/products")
            public class Shop {
                record Product(long id, String name) {}
                @Get List<Product> list() { return List.of(new Product(1, "Tea")); }

                public static void main(String[] args) {
                    Bistro.run(Shop.class, args);
                }
            }
            """;
    private static final Pattern LIBRARIES =
            Pattern.compile("(slf4j-api|logback|jackson-(core|databind|annotations)|jakarta.inject|classgraph).*");

    @BeforeEach
    void needsAJavaThatHasIt() {
        assumeTrue(Runtime.version().feature() >= 25, "caches of this kind are there from Java 25 on");
    }

    @Test
    void isUsedByStarts(@TempDir Path directory) throws Exception {
        Path cache = directory.resolve("shop.aot");
        String classPath = classPath(directory);
        String written = Command.of("env", "JAVA_HOME=" + System.getProperty("java.home"), "sh")
                .with("guide/aot-cache.sh", cache.toString(), "/products", "--")
                .with("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp", classPath, "shop.Shop")
                .run()
                .assertSuccess()
                .out();
        assertTrue(written.startsWith("Written: " + cache), written);

        List<String> sources = sources(cache, classPath);
        assertTrue(sources.size() > 500, sources::toString);
        assertEquals(
                List.of(), sources.stream().filter(one -> one.contains("file:")).toList());
    }

    /** Starts with the cache until the server listens, and says where the classes of Bistro were from. */
    private static List<String> sources(Path cache, String classPath) throws Exception {
        List<String> command = JavaCommand.of(
                "-XX:AOTMode=on", "-XX:AOTCache=" + cache, "-Xlog:class+load", "-cp", classPath, "shop.Shop");
        Process process = new ProcessBuilder(Stream.concat(command.stream(), Stream.of("--server.port=0"))
                        .toList())
                .redirectErrorStream(true)
                .start();
        var sources = new ArrayList<String>();
        try (Stream<String> lines = process.inputReader().lines()) {
            lines.takeWhile(line -> !line.contains(" listens on "))
                    .filter(line -> line.contains("] dev.bistro.") || line.contains("] shop."))
                    .forEach(sources::add);
        } finally {
            process.destroyForcibly().waitFor();
        }
        return sources;
    }

    /** Without the mode, the start goes on with a warning. */
    @Test
    void keepsFromStartingWhereItIsRequiredAndMissing(@TempDir Path directory) {
        Command java = Command.of("env")
                .with(JavaCommand.of().toArray(String[]::new))
                .with("-XX:AOTCache=" + directory.resolve("none.aot"));
        Command.Output required = java.with("-XX:AOTMode=on", "-version").run();
        assertEquals(1, required.status());
        assertTrue((required.out() + required.err()).contains("Unable to use AOT cache"), required::toString);
        Command.Output wanted = java.with("-version").run().assertSuccess();
        assertTrue((wanted.out() + wanted.err()).contains("error has occurred while processing the AOT cache"));
    }

    @Test
    void leavesNoneOfAnApplicationThatDoesNotStart(@TempDir Path directory) {
        Path cache = directory.resolve("shop.aot");
        Command.Output failed = Command.of("env", "JAVA_HOME=" + System.getProperty("java.home"), "sh")
                .with("guide/aot-cache.sh", cache.toString(), "/", "--", "-cp", "nowhere.jar", "shop.Shop")
                .run();
        assertEquals(1, failed.status());
        assertTrue(failed.err().endsWith("The application didn't start: no cache was written\n"), failed::toString);
        assertTrue(Files.notExists(cache));
    }

    /** What an application is deployed with: what is in folders is in no cache. */
    private static String classPath(Path directory) throws Exception {
        Path shop = new CompiledApplication(directory).compile(true, Map.of("shop/Shop.java", SHOP)).classes;
        var elements = new ArrayList<String>();
        elements.add(jar(shop, directory.resolve("shop.jar")));
        elements.add(jar(bistro(), directory.resolve("bistro.jar")));
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(element -> LIBRARIES
                        .matcher(Path.of(element).getFileName().toString())
                        .matches())
                .forEach(elements::add);
        return String.join(File.pathSeparator, elements);
    }

    private static Path bistro() throws URISyntaxException {
        return Path.of(
                Bistro.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    }

    private static String jar(Path folder, Path archive) throws IOException {
        if (Files.isRegularFile(folder)) {
            return folder.toString(); // it is one
        }
        try (OutputStream out = Files.newOutputStream(archive);
                var entries = new JarOutputStream(out);
                Stream<Path> files = Files.walk(folder).filter(Files::isRegularFile)) {
            entries.setLevel(0);
            for (Path file : files.toList()) {
                entries.putNextEntry(
                        new JarEntry(folder.relativize(file).toString().replace(File.separatorChar, '/')));
                Files.copy(file, entries);
            }
        }
        return archive.toString();
    }
}
