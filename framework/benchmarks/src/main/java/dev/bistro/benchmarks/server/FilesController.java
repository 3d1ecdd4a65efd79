package dev.bistro.benchmarks.server;

import dev.bistro.annotation.Get;
import dev.bistro.annotation.Route;
import dev.bistro.file.SafePath;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Path;

@Route("/files")
final class FilesController {
    private final SafePath files;

    @Inject
    FilesController(FilesSettings settings) throws IOException {
        files = SafePath.of(settings.files().toAbsolutePath());
    }

    @Get("/{path*}")
    Path file(String path) {
        return files.resolve(path);
    }
}
