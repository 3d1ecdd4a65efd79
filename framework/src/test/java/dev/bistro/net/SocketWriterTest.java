package dev.bistro.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Finds out which side has failed when a file can't be sent. */
class SocketWriterTest {
    private final FileChannel file = mock(FileChannel.class);
    private final SocketWriter writer = new SocketWriter(
            1, new PlainWire(null, Channels.newChannel(new ByteArrayOutputStream())), new ByteBudget(Long.MAX_VALUE));

    @BeforeEach
    void fail() throws IOException {
        when(file.transferTo(anyLong(), anyLong(), any())).thenThrow(new IOException("Input/output error"));
    }

    @Test
    void tellsOfAFileThatCannotBeRead() throws Exception {
        when(file.read(any(), anyLong())).thenThrow(new IOException("Input/output error"));
        var fault = assertThrows(UnreadableFileException.class, () -> writer.transfer(file, 7, 10));
        assertEquals("A file that is being sent can't be read: Input/output error", fault.getMessage());
        assertFalse(writer.isBroken());
    }

    @Test
    void isBrokenIfTheFileCouldBeRead() throws Exception {
        when(file.read(any(), anyLong())).thenReturn(1);
        assertEquals(0, writer.transfer(file, 7, 10));
        assertTrue(writer.isBroken());
    }

    @Test
    void isBrokenIfTheThreadIsStopped() throws Exception {
        doThrow(new ClosedByInterruptException()).when(file).transferTo(anyLong(), anyLong(), any());
        when(file.read(any(), anyLong())).thenThrow(new ClosedChannelException());
        assertEquals(0, writer.transfer(file, 7, 10));
        assertTrue(writer.isBroken());
    }
}
