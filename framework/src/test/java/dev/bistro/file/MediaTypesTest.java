package dev.bistro.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bistro.http.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MediaTypesTest {
    @ParameterizedTest
    @CsvSource({
        "index.html, text/html;charset=utf-8",
        "a.HTM, text/html;charset=utf-8",
        "style.css, text/css;charset=utf-8",
        "app.js, text/javascript;charset=utf-8",
        "app.min.mjs, text/javascript;charset=utf-8",
        "app.js.map, application/json",
        "data.json, application/json",
        "site.webmanifest, application/manifest+json",
        "feed.xml, application/xml",
        "picture.svg, image/svg+xml",
        "module.wasm, application/wasm",
        "notes.txt, text/plain;charset=utf-8",
        "README.md, text/markdown;charset=utf-8",
        "table.csv, text/csv;charset=utf-8",
        "Main.java, text/plain;charset=utf-8",
        ".gitignore, text/plain;charset=utf-8",
        "photo.JPEG, image/jpeg",
        "photo.webp, image/webp",
        "photo.avif, image/avif",
        "favicon.ico, image/x-icon",
        "sound.mp3, audio/mpeg",
        "sound.opus, audio/ogg",
        "film.mp4, video/mp4",
        "film.mkv, video/x-matroska",
        "font.woff2, font/woff2",
        "book.epub, application/epub+zip",
        "paper.pdf, application/pdf",
        "letter.docx, application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "archive.tar.gz, application/gzip",
        "archive.zst, application/zstd",
        "program.exe, application/vnd.microsoft.portable-executable",
        "a.unheard-of, application/octet-stream",
        "a., application/octet-stream",
        "html, application/octet-stream",
        "README, application/octet-stream",
    })
    void areThoseOfTheNamesEnd(String name, String type) {
        assertEquals(type, MediaTypes.of(name).toString());
    }

    @Test
    void standInATableThatNamesEachEndOnce() throws IOException {
        var types = new HashMap<String, MediaType>();
        for (String line : lines()) {
            String[] words = line.split(" ");
            MediaType type = MediaType.parse(words[0]);
            assertEquals(words[0], type.toString());
            assertTrue(words.length > 1, line);
            String charset = type.type().equals("text") ? "utf-8" : "none";
            assertEquals(charset, type.parameter("charset").orElse("none"), line);
            for (int i = 1; i < words.length; i++) {
                assertTrue(words[i].matches("[a-z0-9][a-z0-9_+-]*"), line);
                assertEquals(null, types.put(words[i], type), words[i]);
            }
        }
        assertTrue(types.size() > 1_300, types.size() + " ends");
    }

    private static List<String> lines() throws IOException {
        try (InputStream table = MediaTypes.class.getResourceAsStream("media-types.txt")) {
            return new String(table.readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .toList();
        }
    }
}
