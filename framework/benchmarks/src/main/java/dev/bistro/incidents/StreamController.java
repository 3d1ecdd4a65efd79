package dev.bistro.incidents;

import dev.bistro.annotation.Get;
import dev.bistro.annotation.Produces;
import dev.bistro.annotation.Route;
import dev.bistro.http.StreamingBody;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.stream.Stream;

/** Answers without an end, in each of the shapes that a method can give them. */
@Route("/stream")
final class StreamController {
    private static final String TEXT = "All work and no play makes Jack a dull boy. ".repeat(100);
    private static final byte[] BYTES = TEXT.getBytes(StandardCharsets.US_ASCII);

    @Get("/writer")
    @Produces("text/plain")
    StreamingBody writer() {
        return output -> {
            while (true) {
                output.write(BYTES);
            }
        };
    }

    @Get("/input")
    @Produces("text/plain")
    InputStream input() {
        return new InputStream() {
            @Override
            public int read() {
                return 'x';
            }

            @Override
            public int read(byte[] array, int offset, int length) {
                int count = Math.min(length, BYTES.length);
                System.arraycopy(BYTES, 0, array, offset, count);
                return count;
            }
        };
    }

    @Get("/iterator")
    @Produces("text/plain")
    Iterator<String> iterator() {
        return Stream.generate(() -> TEXT).iterator();
    }
}
