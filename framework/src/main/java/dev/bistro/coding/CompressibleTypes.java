package dev.bistro.coding;

import java.util.Locale;
import java.util.Set;

/** Media types worth compressing; those of images, sound, film and archives are compressed already. */
final class CompressibleTypes {
    private static final Set<String> APPLICATION = Set.of(
            "json",
            "javascript",
            "xml",
            "yaml",
            "toml",
            "sql",
            "graphql",
            "rtf",
            "wasm",
            "x-ndjson",
            "x-www-form-urlencoded",
            "vnd.ms-fontobject",
            "manifest+json");

    private CompressibleTypes() {}

    /** Whether the value of a {@code Content-Type} header names such a type. */
    static boolean contains(String contentType) {
        int semicolon = contentType.indexOf(';');
        String type = (semicolon < 0 ? contentType : contentType.substring(0, semicolon))
                .strip()
                .toLowerCase(Locale.ROOT);
        return type.startsWith("text/")
                || type.endsWith("+json")
                || type.endsWith("+xml")
                || type.equals("font/ttf")
                || type.equals("font/otf")
                || type.equals("image/bmp")
                || type.startsWith("application/") && APPLICATION.contains(type.substring("application/".length()));
    }
}
