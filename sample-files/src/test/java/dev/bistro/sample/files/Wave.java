package dev.bistro.sample.files;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Sounds, uncompressed: large files that a browser plays. */
final class Wave {
    private static final int RATE = 44_100;
    private static final int HEADER_BYTES = 44;

    private Wave() {}

    /** Writes a tone of so many seconds, in 88,200 bytes each. */
    static void write(Path file, int seconds) throws IOException {
        int bytes = seconds * RATE * 2;
        var second = ByteBuffer.allocate(RATE * 2).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < RATE; i++) {
            second.putShort((short) (3_000 * Math.sin(2 * Math.PI * 440 * i / RATE)));
        }
        try (OutputStream output = Files.newOutputStream(file)) {
            output.write(header(bytes));
            for (int i = 0; i < seconds; i++) {
                output.write(second.array());
            }
        }
    }

    /** One channel of 16 bits. */
    private static byte[] header(int bytes) {
        return ByteBuffer.allocate(HEADER_BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(ascii("RIFF"))
                .putInt(HEADER_BYTES - 8 + bytes)
                .put(ascii("WAVEfmt "))
                .putInt(16)
                .putShort((short) 1)
                .putShort((short) 1)
                .putInt(RATE)
                .putInt(RATE * 2)
                .putShort((short) 2)
                .putShort((short) 16)
                .put(ascii("data"))
                .putInt(bytes)
                .array();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
