package dev.bistro.session.state;

import dev.bistro.session.StoredSession;
import dev.bistro.session.state.SessionKeeper.Kept;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;

/**
 * A session as bytes, which are encrypted in its cookie:
 *
 * <pre>
 *   id | created, expires: milliseconds since 1970 (8 each) | user, or ""
 *   | number of roles (4) | role | … | number of values (4) | name | JSON | …
 *   each text: its length (4), and so many bytes of UTF-8
 * </pre>
 *
 * <p>Only what was authenticated is read, so it is what was written here.
 */
final class CookieContent {
    private CookieContent() {}

    static byte[] write(Kept kept) {
        StoredSession session = kept.session();
        var bytes = new ByteArrayOutputStream();
        try (var output = new DataOutputStream(bytes)) {
            writeText(kept.id(), output);
            output.writeLong(session.createdAt().toEpochMilli());
            output.writeLong(session.expiresAt().toEpochMilli());
            writeText(session.user().orElse(""), output);
            output.writeInt(session.roles().size());
            for (String role : session.roles()) {
                writeText(role, output);
            }
            output.writeInt(session.values().size());
            for (Map.Entry<String, String> value : session.values().entrySet()) {
                writeText(value.getKey(), output);
                writeText(value.getValue(), output);
            }
        } catch (IOException e) {
            throw new IllegalStateException("Memory doesn't fail", e);
        }
        return bytes.toByteArray();
    }

    private static void writeText(String text, DataOutputStream output) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        output.writeInt(bytes.length);
        output.write(bytes);
    }

    static Kept read(byte[] bytes) {
        try (var input = new DataInputStream(new ByteArrayInputStream(bytes))) {
            String id = readText(input);
            Instant createdAt = Instant.ofEpochMilli(input.readLong());
            Instant expiresAt = Instant.ofEpochMilli(input.readLong());
            Optional<String> user = Optional.of(readText(input)).filter(name -> !name.isEmpty());
            var roles = new HashSet<String>();
            for (int left = input.readInt(); left > 0; left--) {
                roles.add(readText(input));
            }
            var values = new HashMap<String, String>();
            for (int left = input.readInt(); left > 0; left--) {
                values.put(readText(input), readText(input));
            }
            return new Kept(id, new StoredSession(createdAt, expiresAt, user, roles, values));
        } catch (IOException e) {
            throw new IllegalStateException("An authentic session ends too early", e);
        }
    }

    private static String readText(DataInputStream input) throws IOException {
        byte[] bytes = new byte[input.readInt()];
        input.readFully(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
