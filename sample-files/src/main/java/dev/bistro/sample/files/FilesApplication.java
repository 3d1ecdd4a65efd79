package dev.bistro.sample.files;

import dev.bistro.Bistro;

/** Serves a folder: {@code http://localhost:8080/}. */
public final class FilesApplication {
    private FilesApplication() {}

    public static void main(String[] args) {
        Bistro.run(FilesApplication.class, args);
    }
}
