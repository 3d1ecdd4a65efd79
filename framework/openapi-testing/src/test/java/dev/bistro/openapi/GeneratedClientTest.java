package dev.bistro.openapi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bistro.Bistro;
import dev.bistro.Server;
import dev.bistro.sample.shop.ShopApplication;
import java.io.StringWriter;
import java.lang.reflect.InvocationTargetException;
import java.math.BigDecimal;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openapitools.codegen.ClientOptInput;
import org.openapitools.codegen.DefaultGenerator;
import org.openapitools.codegen.config.CodegenConfigurator;

/** A client that openapi-generator makes of the shop's document compiles, and talks to the shop. */
class GeneratedClientTest {
    private static final String PACKAGE = "acme.client";

    @TempDir
    static Path folder;

    private static URLClassLoader classes;
    private static Server shop;
    private static Object client;

    @BeforeAll
    static void generate() throws Exception {
        Path sources = folder.resolve("sources");
        Path compiled = Files.createDirectory(folder.resolve("classes"));
        generate(sources);
        compile(sources.resolve("src/main/java"), compiled);
        classes = new URLClassLoader(new URL[] {compiled.toUri().toURL()}, GeneratedClientTest.class.getClassLoader());
        shop = Bistro.app(ShopApplication.class).port(0).start();
        Object connection = newOf("invoker.ApiClient");
        call(connection, "updateBaseUri", shop.uri().toString());
        client =
                type("api.ProductApi").getConstructor(type("invoker.ApiClient")).newInstance(connection);
    }

    private static void generate(Path sources) {
        ClientOptInput input = new CodegenConfigurator()
                .setGeneratorName("java")
                .setLibrary("native")
                .setInputSpec(Path.of("../../sample-shop/openapi.json").toString())
                .setOutputDir(sources.toString())
                .setInvokerPackage(PACKAGE + ".invoker")
                .setApiPackage(PACKAGE + ".api")
                .setModelPackage(PACKAGE + ".model")
                .addAdditionalProperty("openApiNullable", false)
                .addAdditionalProperty("useJakartaEe", true)
                .addAdditionalProperty("hideGenerationTimestamp", true)
                .toClientOptInput();
        var generator = new DefaultGenerator();
        generator.setGeneratorPropertyDefault("apiTests", "false");
        generator.setGeneratorPropertyDefault("modelTests", "false");
        generator.opts(input).generate();
    }

    private static void compile(Path sources, Path compiled) throws Exception {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        var messages = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null);
                Stream<Path> found = Files.walk(sources)) {
            List<Path> all =
                    found.filter(file -> file.toString().endsWith(".java")).toList();
            List<String> options = List.of(
                    "-d", compiled.toString(), "-cp", System.getProperty("java.class.path"), "-proc:none", "-nowarn");
            boolean isCompiled = compiler.getTask(
                            messages, files, null, options, null, files.getJavaFileObjectsFromPaths(all))
                    .call();
            assertTrue(isCompiled, messages.toString());
        }
    }

    @AfterAll
    static void stop() throws Exception {
        shop.close();
        classes.close();
    }

    private static Class<?> type(String name) throws Exception {
        return classes.loadClass(PACKAGE + "." + name);
    }

    private static Object newOf(String name) throws Exception {
        return type(name).getConstructor().newInstance();
    }

    /** Calls the method of this name with so many arguments. */
    private static Object call(Object object, String method, Object... arguments) throws Exception {
        return Stream.of(object.getClass().getMethods())
                .filter(one -> one.getName().equals(method) && one.getParameterCount() == arguments.length)
                .findFirst()
                .orElseThrow(() -> new AssertionError(object.getClass() + " has no " + method + ", but "
                        + List.of(object.getClass().getMethods())))
                .invoke(object, arguments);
    }

    @Test
    void lists() throws Exception {
        Object page = call(client, "productList", "COFF", null, null, 2);
        assertEquals(1, call(page, "getCount"));
        Object coffee = ((List<?>) call(page, "getProducts")).get(0);
        assertEquals("Coffee", call(coffee, "getName"));
    }

    @Test
    void finds() throws Exception {
        Object coffee = call(client, "productFind", 2L, null, null);
        assertEquals("Coffee", call(coffee, "getName"));
        assertEquals(new BigDecimal("4.99"), call(coffee, "getPrice"));
    }

    @Test
    void addsAndReplacesAndRemoves() throws Exception {
        Object tea = call(client, "productAdd", product("Tea", "3.50"));
        Long id = (Long) call(tea, "getId");
        assertEquals("Tea", call(call(client, "productFind", id, null, null), "getName"));
        Object greener = call(client, "productReplace", id, "\"1\"", product("Green tea", "3.80"));
        assertEquals("Green tea", call(greener, "getName"));
        assertEquals(2L, call(greener, "getVersion"));
        call(client, "productRemove", id);
        assertEquals(404, refusal("productFind", id, null, null));
    }

    private static Object product(String name, String price) throws Exception {
        Object product = newOf("model.NewProduct");
        call(product, "setName", name);
        call(product, "setPrice", new BigDecimal(price));
        return product;
    }

    @Test
    void isToldWhatIsWrong() throws Exception {
        assertEquals(404, refusal("productFind", 99L, null, null));
        assertEquals(422, refusal("productList", null, null, null, 101));
    }

    /** The status by which the server refuses a call. */
    private static int refusal(String method, Object... arguments) throws Exception {
        Throwable refused = assertThrows(InvocationTargetException.class, () -> call(client, method, arguments))
                .getCause();
        assertEquals(PACKAGE + ".invoker.ApiException", refused.getClass().getName());
        assertTrue(String.valueOf(call(refused, "getResponseBody")).contains("\"status\""));
        return (Integer) call(refused, "getCode");
    }
}
