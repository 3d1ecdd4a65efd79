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

/** Unpacking, with what came before and without, in turns, and over blocks that say they are the last. */
class InflationTest {
    private static final int MAX = 8 * 1024 * 1024;

    private final ByteBudget budget = new ByteBudget(Long.MAX_VALUE);

    @AfterEach
    void allMemoryWasGivenBack() {
        assertEquals(0, budget.used());
    }

    /** Packs as a client may: with references to all that was sent before, and blocks that say they are the last wherever it likes. */
    private static final class Client {
        private final Window sent = new Window();

        /** The pieces of a message, with a final block after each; a piece may refer to those before it, and to earlier messages if contexts are kept. */
        byte[] pack(boolean keeps, byte[]... pieces) {
            var packed = new ByteArrayOutputStream();
            Window window = keeps ? sent : new Window();
            for (byte[] piece : pieces) {
                var deflater = new Deflater(9, true);
                deflater.setDictionary(window.bytes());
                deflater.setInput(piece);
                deflater.finish();
                byte[] buffer = new byte[piece.length + 100];
                packed.write(buffer, 0, deflater.deflate(buffer));
                deflater.end();
                window.add(piece, 0, piece.length);
            }
            packed.write(0); // the empty block, without the bytes that are left out
            return packed.toByteArray();
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

    private static byte[] unpacked(Inflation inflation, byte[] packed) throws ProtocolFault {
        inflation.begin(packed, MAX);
        while (!inflation.goOn()) {
            assertTrue(inflation.size() > 0);
        }
        return inflation.message();
    }

    /** Random bytes that come again can only be packed by a reference to where they came first. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void refersBackBeyondAFinalBlockWithinAMessage(boolean keeps) throws ProtocolFault {
        byte[] piece = random(1, 1_000);
        byte[] packed = new Client().pack(keeps, piece, piece, new byte[0], piece);
        assertTrue(packed.length < 1_500, "It doesn't refer back");
        var inflation = new Inflation(!keeps, budget);
        assertArrayEquals(joined(piece, piece, piece), unpacked(inflation, packed));
        inflation.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 100, 1_000, 1_024, 5_000, 16_384, 32_767, 32_768, 32_769, 40_000, 70_000, 200_000})
    void refersBackBeyondFinalBlocksToEarlierMessages(int size) throws ProtocolFault {
        var client = new Client();
        var inflation = new Inflation(false, budget);
        byte[] last = random(size, 300);
        for (int i = 0; i < 8; i++) {
            byte[] fresh = random(i, size);
            byte[] packed = client.pack(true, last, fresh, Arrays.copyOf(fresh, Math.min(size, 20_000)));
            assertArrayEquals(
                    joined(last, fresh, Arrays.copyOf(fresh, Math.min(size, 20_000))), unpacked(inflation, packed));
            last = Arrays.copyOfRange(fresh, Math.max(0, size - 300), size);
        }
        inflation.close();
    }

    @Test
    void takesAMessageThatEndsWithAFinalBlockAndNothingBehindIt() throws ProtocolFault {
        var client = new Client();
        var inflation = new Inflation(false, budget);
        byte[] piece = random(3, 500);
        for (int i = 0; i < 3; i++) {
            byte[] packed = client.pack(true, piece);
            assertArrayEquals(piece, unpacked(inflation, Arrays.copyOf(packed, packed.length - 1)));
        }
        inflation.close();
    }

    @Test
    void takesAnyNumberOfFinalBlocksInTurns() throws ProtocolFault {
        byte[][] pieces = new byte[1_000][];
        Arrays.setAll(pieces, i -> random(i, 10));
        var inflation = new Inflation(false, budget);
        inflation.begin(new Client().pack(true, pieces), MAX);
        int turns = 1;
        while (!inflation.goOn()) {
            turns++;
        }
        assertArrayEquals(joined(pieces), inflation.message());
        assertTrue(turns > 10, turns + " turns");
        inflation.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void unpacksSoMuchInATurnAndNoMore(boolean forgets) throws ProtocolFault {
        byte[] packed = new Client().pack(true, new byte[MAX]);
        assertTrue(packed.length < MAX / 500);
        var inflation = new Inflation(forgets, budget);
        inflation.begin(packed, MAX);
        int turns = 1;
        for (int before = 0; !inflation.goOn(); before = inflation.size()) {
            assertTrue(inflation.size() - before <= Inflation.TURN_BYTES);
            turns++;
        }
        assertArrayEquals(new byte[MAX], inflation.message());
        assertTrue(turns >= MAX / Inflation.TURN_BYTES, turns + " turns");
        inflation.close();
    }

    @Test
    void endsAtTheLimit() throws ProtocolFault {
        var inflation = new Inflation(true, budget);
        inflation.begin(new Client().pack(false, new byte[1_001]), 1_000);
        assertEquals(
                CloseReason.TOO_BIG,
                assertThrows(ProtocolFault.class, inflation::goOn).code());
        inflation.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void takesAMessageFromTheBudgetOfTheServerWhileItIsUnpacked(boolean forgets) throws ProtocolFault {
        var small = new ByteBudget(Window.SIZE + 10_000);
        byte[] packed = new Client().pack(true, new byte[MAX]);
        var inflation = new Inflation(forgets, small);
        inflation.begin(packed, MAX);
        var fault = assertThrows(ProtocolFault.class, () -> {
            while (!inflation.goOn()) {
                assertTrue(small.used() >= inflation.size());
            }
        });
        assertEquals(CloseReason.TRY_AGAIN_LATER, fault.code());
        inflation.close();
        assertEquals(0, small.used());

        var another = new Inflation(forgets, small);
        assertArrayEquals(new byte[1_000], unpacked(another, new Client().pack(true, new byte[1_000])));
        assertEquals(forgets ? 0 : Window.SIZE, small.used());
        another.close();
        assertEquals(0, small.used());
    }
}
