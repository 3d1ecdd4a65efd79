package dev.bistro.testing;

import dev.bistro.BistroBuilder;
import dev.bistro.openapi.check.DocumentChanges;
import dev.bistro.openapi.check.DocumentFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * A test that the OpenAPI document which is kept beside the sources is that of the routes. Whoever changes a route sees
 * in the test what that means for clients, and in the review what has become of the document.
 *
 * <pre>{@code
 * class ShopApiTest extends OpenApiManners {
 *     @Override
 *     protected BistroBuilder application() {
 *         return Bistro.app(ShopApplication.class);
 *     }
 * }
 * // openapi.json isn't what the routes are now.
 * // These break clients:
 * //   - GET /api/products, query parameter limit: is required now
 * // If all of this is meant, write it anew: mvn test -Dtest=ShopApiTest -Dbistro.openapi=write
 * }</pre>
 */
public abstract class OpenApiManners {
    /** The system property that has the file written: {@code write}; by default it is compared. */
    public static final String MODE = "bistro.openapi";

    private static final String WRITE = "write";

    /** For subclasses. */
    protected OpenApiManners() {}

    /** The application, with mocks in the place of what a test doesn't have. */
    protected abstract BistroBuilder application();

    /** The file; by default {@code openapi.json} in the folder that the test runs in, which is the module's. */
    protected Path file() {
        return Path.of("openapi.json");
    }

    /** Compares the file with the routes, or writes it. */
    @Test
    void keepsTheDocument() throws IOException {
        String mode = System.getProperty(MODE, "");
        if (!mode.isEmpty() && !mode.equals(WRITE)) {
            throw new IllegalArgumentException("-D" + MODE + "=" + mode + ": there is " + WRITE);
        }
        Map<String, Object> now;
        try (TestClient client = TestClient.start(application())) {
            now = client.server().openApi();
        }
        var file = new DocumentFile(file());
        if (mode.equals(WRITE)) {
            file.write(now);
            return;
        }
        Optional<Map<String, Object>> kept = file.read();
        String name = getClass().getName(); // a nested class is asked for with the name of the class around it
        String cure = "mvn test -Dtest=" + name.substring(name.lastIndexOf('.') + 1) + " -D" + MODE + "=" + WRITE;
        if (kept.isEmpty()) {
            throw new AssertionError("There is no " + file.path() + " yet. Write it: " + cure);
        }
        String changes = DocumentChanges.between(kept.get(), now).text();
        if (!changes.isEmpty()) {
            throw new AssertionError(file.path() + " isn't what the routes are now.\n" + changes
                    + "If all of this is meant, write it anew: " + cure);
        }
    }
}
