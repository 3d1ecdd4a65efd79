package dev.bistro.openapi.document;

import dev.bistro.body.BodyWriter;
import dev.bistro.body.json.JsonCodec;
import dev.bistro.http.BytesPayload;
import dev.bistro.http.EntityTag;
import dev.bistro.http.Headers;
import dev.bistro.http.HttpException;
import dev.bistro.http.MediaType;
import dev.bistro.http.Payload;
import dev.bistro.http.Preconditions;
import dev.bistro.http.Request;
import dev.bistro.http.Response;
import dev.bistro.http.Status;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What is served of a description: the document as JSON and as YAML, and perhaps the page to read it. Each is made when
 * it is asked for the first time, so that a start costs nothing, and kept. Safe for use by many threads.
 *
 * <p>Knows no listener: whoever has a path of {@link #paths} asks {@link #answer}.
 */
public final class Documents {
    /** The page loads nothing but its own script and style, and can be put into no other page. */
    private static final String PAGE_POLICY = "default-src 'none'; script-src 'self'; style-src 'self';"
            + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private final Supplier<Map<String, Object>> making;
    private final Map<String, Kept> all = new LinkedHashMap<>();
    private Map<String, Object> tree; // null until it is made; guarded by this

    /**
     * The documents of a description.
     *
     * @param making makes the tree, once
     * @param hasPage whether there is a page at {@code /docs}
     */
    public Documents(Supplier<Map<String, Object>> making, boolean hasPage) {
        this.making = making;
        add("/openapi.json", "application/json", this::json);
        add("/openapi.yaml", "application/yaml", this::yaml);
        if (hasPage) {
            add("/docs", "text/html;charset=utf-8", () -> resource("docs.html"));
            add("/docs/docs.css", "text/css;charset=utf-8", () -> resource("docs.css"));
            add("/docs/docs.js", "text/javascript;charset=utf-8", () -> resource("docs.js"));
        }
    }

    private void add(String path, String type, Supplier<byte[]> bytes) {
        all.put(path, new Kept(MediaType.parse(type), bytes));
    }

    /** The paths that are answered. */
    public Set<String> paths() {
        return all.keySet();
    }

    /**
     * Answers a GET or HEAD of one of the paths, or of its present state the client already has: 304.
     *
     * @throws HttpException 412 if a condition of the request isn't met
     * @throws RuntimeException if the document can't be made, such as by a customizer that fails
     */
    public Response<Payload> answer(Request request) {
        Kept kept = all.get(request.path());
        byte[] bytes = kept.bytes();
        EntityTag tag = EntityTag.strong(HexFormat.of().formatHex(sha256(bytes), 0, 16));
        Headers headers = Headers.of("ETag", tag.toString()).plus("Cache-Control", "no-cache");
        if (Preconditions.check(request, tag)) {
            return Response.<Payload>of(Status.NOT_MODIFIED, headers, new BytesPayload(new byte[0]))
                    .withoutBody();
        }
        headers = headers.plus("Content-Type", kept.type.toString());
        if (kept.type.subtype().equals("html")) {
            headers = headers.plus("Content-Security-Policy", PAGE_POLICY);
        }
        return Response.of(Status.OK, headers, new BytesPayload(bytes));
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    // ---- what is made

    private static final class Kept {
        private final MediaType type;
        private final Supplier<byte[]> making;
        private byte[] bytes; // null until it is made; guarded by this

        Kept(MediaType type, Supplier<byte[]> making) {
            this.type = type;
            this.making = making;
        }

        synchronized byte[] bytes() {
            if (bytes == null) {
                bytes = making.get();
            }
            return bytes;
        }
    }

    /** The document. Nobody may change it. */
    private synchronized Map<String, Object> tree() {
        if (tree == null) {
            tree = making.get();
        }
        return tree;
    }

    private byte[] json() {
        BodyWriter usual = new JsonCodec().writer(Map.class, MediaType.JSON).orElseThrow();
        return usual.write(tree());
    }

    private byte[] yaml() {
        return YamlWriter.write(tree()).getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] resource(String name) {
        try (InputStream in = Documents.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " isn't where Bistro's classes are");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
