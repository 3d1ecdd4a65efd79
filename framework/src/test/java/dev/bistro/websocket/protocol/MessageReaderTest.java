package dev.bistro.websocket.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.bistro.net.ByteBudget;
import dev.bistro.net.Inputs;
import dev.bistro.websocket.CloseReason;
import dev.bistro.websocket.protocol.MessageReader.Found;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is held of messages that aren't there as a whole yet counts for the server, and is given back however they end. */
class MessageReaderTest {
    private static final int MAX = 1024 * 1024;
    private static final boolean LAST = true;

    private final ByteBudget budget = new ByteBudget(1_000);
    private final MessageReader reader = new MessageReader(MAX, MAX, null, budget);

    @AfterEach
    void allWasGivenBack() {
        reader.close();
        assertEquals(0, budget.used());
    }

    /** A frame as a client sends it, with a mask that changes nothing; its payload is shorter than 64 KiB. */
    private static String frame(int opcode, boolean isLast, String payload) {
        int length = payload.length();
        String size = length < 126
                ? String.valueOf((char) (0x80 | length))
                : "" + (char) (0x80 | 126) + (char) (length >> 8) + (char) (length & 0xFF);
        return (char) ((isLast ? 0x80 : 0) | opcode) + size + "\0\0\0\0" + payload;
    }

    private Found read(String bytes) throws ProtocolFault {
        return reader.read(Inputs.of(bytes));
    }

    private String message() throws ProtocolFault {
        return new String(reader.message().bytes(), StandardCharsets.ISO_8859_1);
    }

    @Test
    void aMessageInOnePieceIsNotHeld() throws ProtocolFault {
        assertEquals(Found.MESSAGE, read(frame(Opcode.TEXT, LAST, "hello")));
        assertEquals(0, budget.used());
        assertEquals("hello", message());
    }

    @Test
    void framesThatWaitForTheRestOfTheirMessageAreHeldUntilItIsThere() throws ProtocolFault {
        assertEquals(Found.NOTHING, read(frame(Opcode.TEXT, !LAST, "a".repeat(400))));
        assertEquals(400, budget.used());
        assertEquals(Found.MESSAGE, read(frame(Opcode.CONTINUATION, LAST, "b".repeat(400))));
        assertEquals("a".repeat(400) + "b".repeat(400), message());
        assertEquals(0, budget.used());
    }

    @Test
    void aPartOfAFrameIsHeldUntilTheFrameIsThere() throws ProtocolFault {
        String whole = frame(Opcode.BINARY, LAST, "x".repeat(500));
        assertEquals(Found.NOTHING, read(whole.substring(0, 308)));
        assertEquals(300, budget.used());
        assertEquals(Found.MESSAGE, read(whole.substring(308)));
        assertEquals("x".repeat(500), message());
    }

    @Test
    void whereTheServerHasNoRoomTheClientIsToTryAgainLater() throws ProtocolFault {
        budget.take(700);
        assertEquals(Found.NOTHING, read(frame(Opcode.TEXT, !LAST, "a".repeat(300))));
        ProtocolFault fault = assertThrows(ProtocolFault.class, () -> read(frame(Opcode.CONTINUATION, !LAST, "b")));
        assertEquals(CloseReason.TRY_AGAIN_LATER, fault.code());
        budget.give(700);
    }

    @Test
    void whatIsHeldIsGivenBackWhenNothingIsReadAnyMore() throws ProtocolFault {
        read(frame(Opcode.TEXT, !LAST, "a".repeat(300)));
        reader.close();
        assertEquals(0, budget.used());
    }

    @Test
    void whatIsHeldIsGivenBackWhereTheTextIsNone() throws ProtocolFault {
        read(frame(Opcode.TEXT, !LAST, "a".repeat(300)));
        assertEquals(Found.MESSAGE, read(frame(Opcode.CONTINUATION, LAST, "\u00c3")));
        assertThrows(ProtocolFault.class, this::message);
    }
}
