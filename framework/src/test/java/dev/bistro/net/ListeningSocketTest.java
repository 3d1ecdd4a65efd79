package dev.bistro.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sockets of the Unix domain: their files, and who may use them. */
class ListeningSocketTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"rw-------", "rw-rw----", "rw-rw-rw-"})
    void hasTheFileWhileItListens(String permissions) throws IOException {
        Path file = folder.resolve("shop.sock");
        ListeningSocket socket = bind(file, permissions);
        assertEquals(permissions, PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        assertEquals(UnixDomainSocketAddress.of(file), socket.address());
        assertTrue(connects(file));
        assertEquals(List.of(file), files(), "nothing else is left");
        socket.close();
        assertEquals(List.of(), files());
    }

    @Test
    void replacesAFileThatNobodyListensOn() throws IOException {
        Path file = folder.resolve("shop.sock");
        try (var killed = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            killed.bind(UnixDomainSocketAddress.of(file));
        }
        assertTrue(Files.exists(file), "a process that is killed leaves its file");
        ListeningSocket socket = bind(file, "rw-------");
        assertTrue(connects(file));
        socket.close();
    }

    @Test
    void refusesAFileThatAnotherProcessListensOn() throws IOException {
        Path file = folder.resolve("shop.sock");
        ListeningSocket first = bind(file, "rw-------");
        var fault = assertThrows(BindException.class, () -> bind(file, "rw-------"));
        assertEquals("another process listens on it", fault.getMessage());
        assertTrue(connects(file));
        first.close();
        assertEquals(List.of(), files());
    }

    /** A server that is told to stop while it starts is interrupted. */
    @Test
    void refusesAFileThatAnotherProcessListensOnIfItIsInterrupted() throws IOException {
        Path file = folder.resolve("shop.sock");
        ListeningSocket first = bind(file, "rw-------");
        try {
            Thread.currentThread().interrupt();
            var fault = assertThrows(BindException.class, () -> bind(file, "rw-------"));
            assertEquals("another process listens on it", fault.getMessage());
        } finally {
            assertTrue(Thread.interrupted(), "stays interrupted");
        }
        assertTrue(connects(file));
        first.close();
    }

    /** A server that is overloaded or stopped by a debugger takes no more connections, and yet listens. */
    @Test
    @Timeout(10)
    void refusesAFileThatAnotherProcessListensOnWithoutAcceptingAnything() throws IOException {
        Path file = folder.resolve("shop.sock");
        var waiting = new ArrayList<SocketChannel>();
        try (var busy = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            busy.bind(UnixDomainSocketAddress.of(file), 1);
            assertThrows(SocketException.class, () -> fill(file, waiting));
            var fault = assertThrows(BindException.class, () -> bind(file, "rw-------"));
            assertTrue(fault.getMessage().startsWith("another process may listen on it ("), fault.getMessage());
        } finally {
            for (SocketChannel client : waiting) {
                client.close();
            }
        }
    }

    /** Connects until the system takes no more. */
    private static void fill(Path file, List<SocketChannel> waiting) throws IOException {
        while (true) {
            var client = SocketChannel.open(StandardProtocolFamily.UNIX);
            waiting.add(client);
            client.configureBlocking(false);
            client.connect(UnixDomainSocketAddress.of(file));
        }
    }

    @Test
    void refusesWhatIsNoSocket() throws IOException {
        Path file = Files.writeString(folder.resolve("notes.txt"), "keep me");
        var fault = assertThrows(BindException.class, () -> bind(file, "rw-------"));
        assertEquals("there is a file that isn't a socket", fault.getMessage());
        assertEquals("keep me", Files.readString(file));

        Path directory = Files.createDirectory(folder.resolve("d"));
        assertThrows(BindException.class, () -> bind(directory, "rw-------"));

        Path link = Files.createSymbolicLink(folder.resolve("link"), file);
        assertThrows(BindException.class, () -> bind(link, "rw-------"));
        assertEquals("keep me", Files.readString(file));
    }

    @Test
    void refusesAFolderThatIsNotThereAndAPathThatIsTooLong() throws IOException {
        var fault = assertThrows(BindException.class, () -> bind(folder.resolve("none/shop.sock"), "rw-------"));
        assertEquals("there is no folder " + folder.resolve("none"), fault.getMessage());

        Path deep = Files.createDirectory(folder.resolve("x".repeat(110)));
        assertThrows(SocketException.class, () -> bind(deep.resolve("s"), "rw-------"));
        assertEquals(List.of(deep), files());
        assertEquals(0, deep.toFile().list().length);
    }

    /** Another process may have taken its place, as when a service is replaced without a pause. */
    @Test
    void leavesTheFileOfAnotherProcess() throws IOException {
        Path file = folder.resolve("shop.sock");
        ListeningSocket first = bind(file, "rw-------");
        Files.delete(file);
        ListeningSocket second = bind(file, "rw-------");
        first.close();
        assertTrue(connects(file));
        second.close();
        assertFalse(Files.exists(file, LinkOption.NOFOLLOW_LINKS));
        second.close();
    }

    @Test
    void listensOnAFreePort() throws IOException {
        var socket = ListeningSocket.bind(Listener.plain(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)));
        assertTrue(socket.isTcp());
        assertTrue(((InetSocketAddress) socket.address()).getPort() > 0);
        assertThrows(BindException.class, () -> ListeningSocket.bind(Listener.plain(socket.address())));
        socket.close();
    }

    private static ListeningSocket bind(Path file, String permissions) throws IOException {
        return ListeningSocket.bind(new Listener(
                UnixDomainSocketAddress.of(file),
                PosixFilePermissions.fromString(permissions),
                peer -> false,
                Optional.empty()));
    }

    private static boolean connects(Path file) throws IOException {
        try (var client = SocketChannel.open(UnixDomainSocketAddress.of(file))) {
            return client.isConnected();
        }
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }
}
