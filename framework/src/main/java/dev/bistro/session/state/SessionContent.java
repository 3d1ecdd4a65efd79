package dev.bistro.session.state;

import dev.bistro.session.StoredSession;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;

/**
 * A session as bytes:
 *
 * <pre>
 *   created, expires: milliseconds since 1970 (8 each) | user, or ""
 *   | number of roles (4) | role | … | number of values (4) | name | JSON | …
 *   each text: its length (4), and so many bytes of UTF-8
 * </pre>
 */
public final class SessionContent {
    /** What stores have before it, so that another version is told apart. */
    private static final byte VERSION = 1;

    private SessionContent() {}

    /** A session as a store outside of the process keeps it: the version, 1, and the bytes. */
    public static byte[] write(StoredSession session) {
        var bytes = new ByteArrayOutputStream();
        bytes.write(VERSION);
        try (var output = new DataOutputStream(bytes)) {
            write(session, output);
        } catch (IOException e) {
            throw new IllegalStateException("Memory doesn't fail", e);
        }
        return bytes.toByteArray();
    }

    /** What such bytes stand for; empty if they are of another version, or none of ours at all. */
    public static Optional<StoredSession> read(byte[] bytes) {
        try (var input = new DataInputStream(new ByteArrayInputStream(bytes))) {
            return input.readByte() == VERSION ? Optional.of(read(input)) : Optional.empty();
        } catch (IOException | RuntimeException notOne) {
            return Optional.empty();
        }
    }

    static void write(StoredSession session, DataOutputStream output) throws IOException {
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
    }

    static void writeText(String text, DataOutputStream output) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        output.writeInt(bytes.length);
        output.write(bytes);
    }

    static StoredSession read(DataInputStream input) throws IOException {
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
        return new StoredSession(createdAt, expiresAt, user, roles, values);
    }

    static String readText(DataInputStream input) throws IOException {
        int length = input.readInt();
        if (length > input.available()) {
            throw new EOFException("A text is longer than all that there is");
        }
        byte[] bytes = new byte[length];
        input.readFully(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
