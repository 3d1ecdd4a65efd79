package dev.bistro;

import dev.bistro.coding.ContentCodings;
import dev.bistro.http.spi.Application;
import dev.bistro.http.spi.RequestObserver;
import dev.bistro.http1.ForwardedHeaders;
import dev.bistro.http1.Http1;
import dev.bistro.http1.RequestIds;
import dev.bistro.https.HttpsRedirect;
import dev.bistro.net.CannotListenException;
import dev.bistro.net.Listener;
import dev.bistro.net.ListenerTls;
import dev.bistro.net.MemoryServer;
import dev.bistro.net.NetServer;
import dev.bistro.net.NetSettings;
import dev.bistro.startup.Problem;
import dev.bistro.startup.StartupException;
import dev.bistro.tls.ServerTls;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntSupplier;

/** Opens the transport of an application: HTTP/1 with content codings, over sockets or within the process. */
final class Transports {
    private static final int HTTPS_PORT = 443;

    private Transports() {}

    /** A way to open the transport of an application, with the TLS of the server if it has any. */
    @FunctionalInterface
    interface Opening {
        Transport open(
                ServerSettings server,
                Optional<ServerTls> tls,
                Application application,
                List<RequestObserver> observers);
    }

    /**
     * Listens on sockets.
     *
     * @throws StartupException if it can't
     */
    static Transport listen(
            ServerSettings server, Optional<ServerTls> tls, Application application, List<RequestObserver> observers) {
        List<ServerListener> listeners = server.listening().listeners();
        requireKnownHosts(server.listening());
        var started = new AtomicReference<NetServer>(); // is there before the first request comes
        Http1 http1 = http1(
                server,
                application,
                observers,
                () -> tlsAddresses(listeners, started.get()).get(0).getPort());
        var opened = new ArrayList<Listener>();
        for (ServerListener listener : listeners) {
            opened.add(listener(listener, server, tls, http1));
        }
        NetSettings settings = server.net(opened);
        try {
            NetServer net = NetServer.start(settings, http1, begun -> {
                started.set(begun);
                begun.whenHandedOver(http1);
            });
            List<InetSocketAddress> secure = tlsAddresses(listeners, net);
            return new Transport.Sockets(net, http1, tls.map(open -> new Transport.TlsListener(secure, open)));
        } catch (CannotListenException e) {
            Problem problem = ListenFault.of(e.address(), server.listening()).because(e.getMessage());
            throw new StartupException(List.of(problem), e.getCause());
        } catch (IOException e) {
            throw new StartupException(
                    List.of(Problem.of("cannot-listen", "Can't listen: " + e.getMessage() + ".")), e);
        }
    }

    private static void requireKnownHosts(ServerListening listening) {
        var unknown = new ArrayList<Problem>();
        for (ServerListener listener : listening.listeners()) {
            if (listener.address() instanceof InetSocketAddress ip && ip.isUnresolved()) {
                unknown.add(ListenFault.of(ip, listening).unknownHost());
            }
        }
        if (!unknown.isEmpty()) {
            throw new StartupException(unknown);
        }
    }

    private static Listener listener(
            ServerListener listener, ServerSettings server, Optional<ServerTls> tls, Http1 http1) {
        return new Listener(
                listener.address(),
                server.socketPermissions(),
                server.sendsProxyHeader(),
                tls.isPresent() && listener.isTls()
                        ? Optional.of(new ListenerTls(tls.get(), http1::answerWhereTlsIsSpoken))
                        : Optional.empty());
    }

    /** The addresses with their actual ports where TLS is spoken. */
    private static List<InetSocketAddress> tlsAddresses(List<ServerListener> listeners, NetServer net) {
        var addresses = new ArrayList<InetSocketAddress>();
        for (int i = 0; i < listeners.size(); i++) {
            if (listeners.get(i).isTls()) {
                addresses.add((InetSocketAddress) net.addresses().get(i));
            }
        }
        return addresses;
    }

    /** Takes connections from within the process only. */
    static Transport inProcess(
            ServerSettings server, Optional<ServerTls> tls, Application application, List<RequestObserver> observers) {
        Http1 http1 = http1(server, application, observers, () -> HTTPS_PORT);
        var memory = new MemoryServer(NetSettings.READ_BUFFER_BYTES, http1);
        boolean besidePlain = server.tls().port().isPresent();
        return new Transport.InProcess(
                memory, http1, tls.map(present -> new Transport.MemoryTls(present, besidePlain)));
    }

    private static Http1 http1(
            ServerSettings server, Application application, List<RequestObserver> observers, IntSupplier tlsPort) {
        Application answering = server.tls().redirect()
                ? new HttpsRedirect(application, server.tls().redirectPort(tlsPort))
                : application;
        return new Http1(
                server.http(),
                coded(server, answering),
                server.forwarded(),
                Optional.of(new RequestIds()),
                observers,
                server.stuckAfter(),
                NetServer.loopCount(server.loops()));
    }

    private static ContentCodings coded(ServerSettings server, Application application) {
        int minSize = server.compression()
                ? Math.toIntExact(server.compressionMinSize().bytes())
                : Integer.MAX_VALUE;
        return new ContentCodings(application, server.http().maxBodyBytes(), minSize);
    }

    /** HTTP/1 with the limits of the server, for clients that no proxy stands before, and that nobody counts. */
    static Http1 plain(ServerSettings server, Application application, int loops) {
        return new Http1(
                server.http(),
                coded(server, application),
                ForwardedHeaders.none(),
                Optional.of(new RequestIds()),
                List.of(),
                Duration.ZERO,
                loops);
    }
}
