package dev.bistro.file;

import dev.bistro.http.MediaType;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Media types by the extension of a file's name, from the table {@code media-types.txt}. Text is UTF-8. */
final class MediaTypes {
    private static final Map<String, MediaType> BY_EXTENSION = read();

    private MediaTypes() {}

    /** The type of a file with this name; {@code application/octet-stream} for an unknown extension, or none. */
    static MediaType of(String name) {
        int dot = name.lastIndexOf('.');
        return dot < 0
                ? MediaType.OCTETS
                : BY_EXTENSION.getOrDefault(name.substring(dot + 1).toLowerCase(Locale.ROOT), MediaType.OCTETS);
    }

    private static Map<String, MediaType> read() {
        var types = new HashMap<String, MediaType>();
        try (InputStream table = MediaTypes.class.getResourceAsStream("media-types.txt");
                var lines = new BufferedReader(new InputStreamReader(table, StandardCharsets.US_ASCII))) {
            lines.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .forEach(line -> {
                        String[] words = line.strip().split("\\s+");
                        MediaType type = MediaType.parse(words[0]);
                        for (int i = 1; i < words.length; i++) {
                            types.put(words[i], type);
                        }
                    });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Map.copyOf(types);
    }
}
