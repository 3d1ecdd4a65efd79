package dev.bistro.benchmarks.server;

import dev.bistro.annotation.Get;
import dev.bistro.annotation.Route;
import dev.bistro.file.FileResponse;
import dev.bistro.file.SafePath;
import jakarta.inject.Inject;
import java.io.IOException;

@Route("/files")
final class FilesController {
    private final SafePath files;

    @Inject
    FilesController(FilesSettings settings) throws IOException {
        files = SafePath.of(settings.files().toAbsolutePath());
    }

    @Get("/{path*}")
    FileResponse file(String path) {
        return files.file(path);
    }
}
