package dev.bistro.sample.files;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Paths in links. */
final class Links {
    private Links() {}

    /** Percent-encodes a path but for its slashes: {@code encode("a b/c#.txt")} is {@code "a%20b/c%23.txt"}. */
    static String encode(String path) {
        return URLEncoder.encode(path, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("%2F", "/");
    }
}
