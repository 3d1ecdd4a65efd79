package dev.bistro.net;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A bound socket: of TCP, or of the Unix domain, whose file is there while it is bound.
 *
 * <p>A file of the Unix domain that nobody listens on any more is replaced. The new one gets its permissions in a
 * directory that only this user can enter, and is then moved to its place, so that at no time anybody can connect who
 * mustn't.
 */
final class ListeningSocket {
    /** How many connections wait to be accepted at most; the system reduces it to what it allows. */
    static final int BACKLOG = 4096;

    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");

    private final ServerSocketChannel channel;
    private final SocketAddress address;
    private final Object file; // what identifies the file of a Unix domain socket, or null

    private ListeningSocket(ServerSocketChannel channel, SocketAddress address, Object file) {
        this.channel = channel;
        this.address = address;
        this.file = file;
    }

    /**
     * Binds the address of a listener.
     *
     * @throws BindException if it is in use, or can't be had
     */
    static ListeningSocket bind(Listener listener) throws IOException {
        boolean isUnix = listener.address() instanceof UnixDomainSocketAddress;
        ServerSocketChannel channel =
                isUnix ? ServerSocketChannel.open(StandardProtocolFamily.UNIX) : ServerSocketChannel.open();
        try {
            channel.configureBlocking(false);
            if (listener.address() instanceof UnixDomainSocketAddress unix) {
                Object file = bindFile(channel, unix.getPath(), listener.permissions());
                return new ListeningSocket(channel, unix, file);
            }
            channel.setOption(StandardSocketOptions.SO_REUSEADDR, true); // so that a restart binds again at once
            channel.bind(listener.address(), BACKLOG);
            return new ListeningSocket(channel, channel.getLocalAddress(), null);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static Object bindFile(ServerSocketChannel channel, Path path, Set<PosixFilePermission> permissions)
            throws IOException {
        requireFree(path);
        Path folder = path.toAbsolutePath().getParent();
        if (!Files.isDirectory(folder)) {
            throw new BindException("there is no folder " + folder);
        }
        Path hidden = Files.createDirectory(
                folder.resolve(".b" + ThreadLocalRandom.current().nextInt(1_000_000)),
                PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        try {
            Path bound = hidden.resolve("s");
            channel.bind(UnixDomainSocketAddress.of(bound), BACKLOG);
            Files.setPosixFilePermissions(bound, permissions);
            Object key = key(bound);
            Files.move(bound, path, StandardCopyOption.ATOMIC_MOVE);
            return key;
        } finally {
            Files.deleteIfExists(hidden.resolve("s"));
            Files.delete(hidden);
        }
    }

    private static void requireFree(Path path) throws IOException {
        BasicFileAttributes present;
        try {
            present = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException none) {
            return;
        }
        if (!present.isOther()) {
            throw new BindException("there is a file that isn't a socket");
        }
        requireNobodyListens(path);
    }

    /**
     * Only a refused connection shows that the file is a dead one. Doesn't block, so that neither a busy server makes
     * this one wait, nor the end of a start, which interrupts the thread, looks like a refusal.
     */
    private static void requireNobodyListens(Path path) throws IOException {
        try (SocketChannel client = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            client.configureBlocking(false);
            client.connect(UnixDomainSocketAddress.of(path));
        } catch (ConnectException refused) {
            return;
        } catch (IOException unknown) {
            throw new BindException("another process may listen on it (" + unknown.getMessage() + ")");
        }
        throw new BindException("another process listens on it");
    }

    private static Object key(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                .fileKey();
    }

    ServerSocketChannel channel() {
        return channel;
    }

    /** The address, with the actual port. */
    SocketAddress address() {
        return address;
    }

    boolean isTcp() {
        return address instanceof InetSocketAddress;
    }

    /** Closes the socket, and removes its file if it is still this socket's. */
    void close() throws IOException {
        channel.close();
        if (address instanceof UnixDomainSocketAddress unix
                && Files.exists(unix.getPath(), LinkOption.NOFOLLOW_LINKS)
                && file.equals(key(unix.getPath()))) {
            Files.deleteIfExists(unix.getPath());
        }
    }
}
