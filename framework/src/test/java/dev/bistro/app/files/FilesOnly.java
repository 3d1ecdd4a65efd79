package dev.bistro.app.files;

import dev.bistro.annotation.StaticFiles;

/** An application without a controller. */
@StaticFiles(from = "classpath:/static/site")
public final class FilesOnly {
    private FilesOnly() {}
}
