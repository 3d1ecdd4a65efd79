package dev.bistro.file;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.spy;

import dev.bistro.http.BytesPayload;
import dev.bistro.http.Headers;
import dev.bistro.http.MediaType;
import dev.bistro.http.NotFoundException;
import dev.bistro.http.Payload;
import dev.bistro.http.Response;
import dev.bistro.http.Status;
import dev.bistro.testing.MockRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A small file that changes after it was opened, and before its bytes are read. */
class FileResponderTest {
    @TempDir
    Path directory;

    private Path file;
    private final AtomicInteger opened = new AtomicInteger();

    @BeforeEach
    void write() throws IOException {
        file = Files.writeString(directory.resolve("a.txt"), "first");
    }

    @FunctionalInterface
    private interface Change {
        void apply(Path file) throws IOException;
    }

    private enum Written implements Change {
        OTHER_BYTES("other"),
        LONGER("longer than before"),
        SHORTER("abc"),
        EMPTY(""),
        REPLACED("new") {
            @Override
            public void apply(Path file) throws IOException {
                Path other = Files.writeString(file.resolveSibling("b.txt"), text);
                Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);
            }
        };

        final String text;

        Written(String text) {
            this.text = text;
        }

        @Override
        public void apply(Path file) throws IOException {
            Files.writeString(file, text);
        }
    }

    /** What is answered if a change comes each time that the file has been opened, so many times. */
    private Response<Payload> answer(Change change, int times) throws IOException {
        FileSource source = spy(PathFileSource.of(file));
        doAnswer(call -> {
                    var content = (FileContent) call.callRealMethod();
                    if (opened.getAndIncrement() < times) {
                        change.apply(file);
                    }
                    return content;
                })
                .when(source)
                .open();
        return new FileResponder(
                        MockRequest.get("/a.txt").build(),
                        source,
                        Status.OK,
                        MediaType.parse("text/plain"),
                        Headers.of(),
                        false)
                .respond();
    }

    @ParameterizedTest
    @EnumSource
    void isAnsweredAsItIsThen(Written change) throws IOException {
        Response<Payload> answer = answer(change, 1);
        var body = (BytesPayload) answer.body().orElseThrow();
        assertArrayEquals(Files.readAllBytes(file), body.bytes());
        assertEquals(
                FileState.of(file).orElseThrow().tag().toString(),
                answer.headers().first("ETag").orElseThrow());
        assertEquals(2, opened.get());
    }

    @Test
    void isNotFoundIfItIsGoneThen() {
        assertThrows(NotFoundException.class, () -> answer(Files::delete, 1));
    }

    @Test
    void isSentAsItWasOnceIfItChangesAllTheTime() throws IOException {
        Response<Payload> answer = answer(Written.SHORTER, 1_000);
        var body = (BytesPayload) answer.body().orElseThrow();
        assertArrayEquals(Files.readAllBytes(file), body.bytes());
        assertTrue(answer.headers().first("ETag").orElseThrow().startsWith("W/"));
    }
}
