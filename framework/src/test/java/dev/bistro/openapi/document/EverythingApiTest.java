package dev.bistro.openapi.document;

import dev.bistro.Bistro;
import dev.bistro.BistroBuilder;
import dev.bistro.testing.OpenApiManners;
import java.nio.file.Path;

/** The document that has something of everything, as a file for the tests that read it by others' tools. */
class EverythingApiTest extends OpenApiManners {
    @Override
    protected BistroBuilder application() {
        return Bistro.app(Everything.class).classes(Everything.CLASSES.toArray(Class<?>[]::new));
    }

    @Override
    protected Path file() {
        return Path.of("src/test/resources/openapi/everything.json");
    }
}
