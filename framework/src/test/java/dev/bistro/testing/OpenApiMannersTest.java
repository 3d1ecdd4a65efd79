package dev.bistro.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bistro.Bistro;
import dev.bistro.BistroBuilder;
import dev.bistro.annotation.DefaultValue;
import dev.bistro.annotation.Get;
import dev.bistro.annotation.QueryParam;
import dev.bistro.annotation.Route;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/** The document beside the sources: compared, and written where that is asked for. */
@ResourceLock(Resources.SYSTEM_PROPERTIES)
class OpenApiMannersTest {
    @Route("/items")
    static final class Before {
        @Get
        String all(@QueryParam @DefaultValue("5") int limit) {
            return "";
        }
    }

    @Route("/items")
    static final class After {
        @Get
        String all(@QueryParam int limit, @QueryParam @DefaultValue("a") String order) {
            return "";
        }
    }

    @TempDir
    Path folder;

    @AfterEach
    void clear() {
        System.clearProperty(OpenApiManners.MODE);
    }

    /** A test of the application with this controller. */
    private OpenApiManners test(Class<?> controller) {
        return new OpenApiManners() {
            @Override
            protected BistroBuilder application() {
                return Bistro.app(OpenApiMannersTest.class).classes(controller);
            }

            @Override
            protected Path file() {
                return folder.resolve("api/openapi.json");
            }
        };
    }

    private String failure(Class<?> controller) {
        return assertThrows(AssertionError.class, () -> test(controller).keepsTheDocument())
                .getMessage()
                .replace(folder.resolve("api/openapi.json").toString(), "openapi.json");
    }

    private void write(Class<?> controller) throws IOException {
        System.setProperty(OpenApiManners.MODE, "write");
        test(controller).keepsTheDocument();
        clear();
    }

    @Test
    void saysHowTheFileIsWritten() {
        assertEquals(
                "There is no openapi.json yet. Write it: mvn test -Dtest=OpenApiMannersTest$1 -Dbistro.openapi=write",
                failure(Before.class));
    }

    @Test
    void writesTheFileAndComparesIt() throws IOException {
        write(Before.class);
        test(Before.class).keepsTheDocument();
        assertTrue(failure(After.class).startsWith("""
                openapi.json isn't what the routes are now.
                These break clients:
                  - GET /items, query parameter limit: is required now
                These don't:
                """), failure(After.class));
        assertTrue(failure(After.class).contains("  - GET /items, query parameter order: is new\n"));
        assertTrue(failure(After.class)
                .endsWith("If all of this is meant, write it anew:"
                        + " mvn test -Dtest=OpenApiMannersTest$1 -Dbistro.openapi=write"));
        write(After.class);
        test(After.class).keepsTheDocument();
    }

    @Test
    void writesTheSameFileForTheSameRoutes() throws IOException {
        write(Before.class);
        byte[] first = Files.readAllBytes(folder.resolve("api/openapi.json"));
        write(Before.class);
        assertEquals(new String(first), Files.readString(folder.resolve("api/openapi.json")));
        assertTrue(new String(first).endsWith("}\n"));
    }

    @Test
    void refusesAFileThatIsNoJsonAndAModeThatThereIsNot() throws IOException {
        Files.createDirectories(folder.resolve("api"));
        Files.writeString(folder.resolve("api/openapi.json"), "openapi: 3.1.1");
        String message = assertThrows(
                        IOException.class, () -> test(Before.class).keepsTheDocument())
                .getMessage();
        assertTrue(message.contains("openapi.json is no JSON: "), message);
        System.setProperty(OpenApiManners.MODE, "wrote");
        assertEquals(
                "-Dbistro.openapi=wrote: there is write",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> test(Before.class).keepsTheDocument())
                        .getMessage());
    }
}
