package dev.bistro.openapi.check;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** A document as a file beside the sources. */
public record DocumentFile(Path path) {
    /**
     * What it says; empty if it isn't there.
     *
     * @throws IOException if it can't be read, or is no JSON
     */
    public Optional<Map<String, Object>> read() throws IOException {
        if (!Files.exists(path)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Json.map(Json.read(Files.readAllBytes(path))));
        } catch (RuntimeException noJson) {
            throw new IOException(path + " is no JSON: " + noJson.getMessage(), noJson);
        }
    }

    /** Writes a document, on lines that show well what has changed. */
    public void write(Map<String, Object> document) throws IOException {
        Path folder = path.toAbsolutePath().getParent();
        Files.createDirectories(folder);
        Files.write(path, Json.pretty(document).getBytes(StandardCharsets.UTF_8));
    }
}
