package dev.bistro;

import dev.bistro.coding.ContentCodings;
import dev.bistro.http.spi.Application;
import dev.bistro.http1.Http1;
import dev.bistro.net.Listener;
import dev.bistro.net.MemoryServer;
import dev.bistro.net.NetServer;
import dev.bistro.net.NetSettings;
import dev.bistro.startup.Problem;
import dev.bistro.startup.StartupException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;

/** Opens the transport of an application: HTTP/1 with content codings, over sockets or within the process. */
final class Transports {
    private Transports() {}

    /**
     * Listens on a socket.
     *
     * @throws StartupException if it can't
     */
    static Transport listen(ServerSettings server, Application application) {
        var address = new InetSocketAddress(server.host(), server.port());
        NetSettings settings = server.net(List.of(Listener.plain(address)));
        if (address.isUnresolved()) {
            throw new StartupException(List.of(cannotListen(
                    server,
                    "this host is not known",
                    "Set server.host to an address of this machine, or to 0.0.0.0 for all.")));
        }
        Http1 http1 = http1(server, application);
        try {
            return new Transport.Sockets(NetServer.start(settings, http1), http1, Optional.empty());
        } catch (IOException e) {
            String cure = "Stop what uses the port, or take another one: --server.port=9000, SERVER_PORT=9000,"
                    + " or 0 for a free one.";
            throw new StartupException(List.of(cannotListen(server, e.getMessage(), cure)), e);
        }
    }

    /** Takes connections from within the process only. */
    static Transport inProcess(ServerSettings server, Application application) {
        var memory = new MemoryServer(NetSettings.READ_BUFFER_BYTES, http1(server, application));
        return new Transport.InProcess(memory, Optional.empty());
    }

    static Http1 http1(ServerSettings server, Application application) {
        int minSize = server.compression()
                ? Math.toIntExact(server.compressionMinSize().bytes())
                : Integer.MAX_VALUE;
        var coded = new ContentCodings(application, server.http().maxBodyBytes(), minSize);
        return new Http1(server.http(), coded, server.forwarded(), NetServer.loopCount(server.loops()));
    }

    private static Problem cannotListen(ServerSettings server, String why, String cure) {
        String address = server.host() + ":" + server.port();
        return Problem.of("cannot-listen", "Can't listen on " + address + ": " + why + ".")
                .cure(cure);
    }
}
