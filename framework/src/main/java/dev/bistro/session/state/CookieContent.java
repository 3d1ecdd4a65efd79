package dev.bistro.session.state;

import dev.bistro.session.state.SessionKeeper.Kept;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/**
 * A session as bytes, which are encrypted in its cookie: the id, as a text, and its {@link SessionContent}. Only what
 * was authenticated is read, so it is what was written here.
 */
final class CookieContent {
    private CookieContent() {}

    static byte[] write(Kept kept) {
        var bytes = new ByteArrayOutputStream();
        try (var output = new DataOutputStream(bytes)) {
            SessionContent.writeText(kept.id(), output);
            SessionContent.write(kept.session(), output);
        } catch (IOException e) {
            throw new IllegalStateException("Memory doesn't fail", e);
        }
        return bytes.toByteArray();
    }

    static Kept read(byte[] bytes) {
        try (var input = new DataInputStream(new ByteArrayInputStream(bytes))) {
            return new Kept(SessionContent.readText(input), SessionContent.read(input));
        } catch (IOException e) {
            throw new IllegalStateException("An authentic session ends too early", e);
        }
    }
}
