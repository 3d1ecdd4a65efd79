package dev.bistro.sample.files;

import dev.bistro.BistroBuilder;
import dev.bistro.testing.OpenApiManners;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** The description of the files' API is kept beside the sources: a change of it is seen, and what it means. */
class FilesApiTest extends OpenApiManners {
    @TempDir
    Path root;

    @Override
    protected BistroBuilder application() {
        return Sample.writable(root);
    }
}
