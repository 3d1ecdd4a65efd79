package dev.bistro.websocket.protocol;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bistro.net.ByteBudget;
import dev.bistro.websocket.CloseReason;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.Deflater;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Decompression with context takeover and without, in turns, and beyond blocks that are marked as the last. */
class MessageInflaterTest {
    private static final int MAX = 8 * 1024 * 1024;

    private final ByteBudget budget = new ByteBudget(Long.MAX_VALUE);

    @AfterEach
    void allMemoryWasGivenBack() {
        assertEquals(0, budget.used());
    }

    /** Compresses as a client may: with references to all earlier messages, and with final blocks anywhere. */
    private static final class Client {
        private final SlidingWindow sent = new SlidingWindow();

        /**
         * A message of pieces, with a final block after each. A piece may refer to earlier ones, and to earlier
         * messages if the context is kept.
         */
        byte[] compress(boolean keeps, byte[]... pieces) {
            var compressed = new ByteArrayOutputStream();
            SlidingWindow window = keeps ? sent : new SlidingWindow();
            for (byte[] piece : pieces) {
                var deflater = new Deflater(9, true);
                deflater.setDictionary(window.bytes());
                deflater.setInput(piece);
                deflater.finish();
                byte[] buffer = new byte[piece.length + 100];
                compressed.write(buffer, 0, deflater.deflate(buffer));
                deflater.end();
                window.add(piece, 0, piece.length);
            }
            compressed.write(0); // the empty block, without its last four bytes
            return compressed.toByteArray();
        }
    }

    private static byte[] random(int seed, int length) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    private static byte[] joined(byte[]... pieces) {
        var all = new ByteArrayOutputStream();
        for (byte[] piece : pieces) {
            all.writeBytes(piece);
        }
        return all.toByteArray();
    }

    private static byte[] inflated(MessageInflater inflater, byte[] compressed) throws ProtocolFault {
        inflater.begin(compressed, MAX);
        while (!inflater.inflateTurn()) {
            assertTrue(inflater.size() > 0);
        }
        return inflater.message();
    }

    /** Random bytes can only be compressed by a reference to where they came before. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void refersBackBeyondAFinalBlockWithinAMessage(boolean keeps) throws ProtocolFault {
        byte[] piece = random(1, 1_000);
        byte[] compressed = new Client().compress(keeps, piece, piece, new byte[0], piece);
        assertTrue(compressed.length < 1_500, "It doesn't refer back");
        var inflater = new MessageInflater(!keeps, budget);
        assertArrayEquals(joined(piece, piece, piece), inflated(inflater, compressed));
        inflater.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 100, 1_000, 1_024, 5_000, 16_384, 32_767, 32_768, 32_769, 40_000, 70_000, 200_000})
    void refersBackBeyondFinalBlocksToEarlierMessages(int size) throws ProtocolFault {
        var client = new Client();
        var inflater = new MessageInflater(false, budget);
        byte[] last = random(size, 300);
        for (int i = 0; i < 8; i++) {
            byte[] fresh = random(i, size);
            byte[] compressed = client.compress(true, last, fresh, Arrays.copyOf(fresh, Math.min(size, 20_000)));
            assertArrayEquals(
                    joined(last, fresh, Arrays.copyOf(fresh, Math.min(size, 20_000))), inflated(inflater, compressed));
            last = Arrays.copyOfRange(fresh, Math.max(0, size - 300), size);
        }
        inflater.close();
    }

    @Test
    void takesAMessageThatEndsWithAFinalBlockAndNothingBehindIt() throws ProtocolFault {
        var client = new Client();
        var inflater = new MessageInflater(false, budget);
        byte[] piece = random(3, 500);
        for (int i = 0; i < 3; i++) {
            byte[] compressed = client.compress(true, piece);
            assertArrayEquals(piece, inflated(inflater, Arrays.copyOf(compressed, compressed.length - 1)));
        }
        inflater.close();
    }

    @Test
    void takesAnyNumberOfFinalBlocksInTurns() throws ProtocolFault {
        byte[][] pieces = new byte[1_000][];
        Arrays.setAll(pieces, i -> random(i, 10));
        var inflater = new MessageInflater(false, budget);
        inflater.begin(new Client().compress(true, pieces), MAX);
        int turns = 1;
        while (!inflater.inflateTurn()) {
            turns++;
        }
        assertArrayEquals(joined(pieces), inflater.message());
        assertTrue(turns > 10, turns + " turns");
        inflater.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void inflatesNoMoreThanATurnAtOnce(boolean noContextTakeover) throws ProtocolFault {
        byte[] compressed = new Client().compress(true, new byte[MAX]);
        assertTrue(compressed.length < MAX / 500);
        var inflater = new MessageInflater(noContextTakeover, budget);
        inflater.begin(compressed, MAX);
        int turns = 1;
        for (int before = 0; !inflater.inflateTurn(); before = inflater.size()) {
            assertTrue(inflater.size() - before <= MessageInflater.TURN_BYTES);
            turns++;
        }
        assertArrayEquals(new byte[MAX], inflater.message());
        assertTrue(turns >= MAX / MessageInflater.TURN_BYTES, turns + " turns");
        inflater.close();
    }

    @Test
    void endsAtTheLimit() throws ProtocolFault {
        var inflater = new MessageInflater(true, budget);
        inflater.begin(new Client().compress(false, new byte[1_001]), 1_000);
        assertEquals(
                CloseReason.TOO_BIG,
                assertThrows(ProtocolFault.class, inflater::inflateTurn).code());
        inflater.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void takesAMessageFromTheBudgetOfTheServerWhileItIsUncompressed(boolean noContextTakeover) throws ProtocolFault {
        var small = new ByteBudget(SlidingWindow.SIZE + 10_000);
        byte[] compressed = new Client().compress(true, new byte[MAX]);
        var inflater = new MessageInflater(noContextTakeover, small);
        inflater.begin(compressed, MAX);
        var fault = assertThrows(ProtocolFault.class, () -> {
            while (!inflater.inflateTurn()) {
                assertTrue(small.used() >= inflater.size());
            }
        });
        assertEquals(CloseReason.TRY_AGAIN_LATER, fault.code());
        inflater.close();
        assertEquals(0, small.used());

        var another = new MessageInflater(noContextTakeover, small);
        assertArrayEquals(new byte[1_000], inflated(another, new Client().compress(true, new byte[1_000])));
        assertEquals(noContextTakeover ? 0 : SlidingWindow.SIZE, small.used());
        another.close();
        assertEquals(0, small.used());
    }
}
