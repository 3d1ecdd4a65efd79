package dev.bistro;

import dev.bistro.http.spi.Application;
import dev.bistro.net.CannotListenException;
import dev.bistro.net.Listener;
import dev.bistro.net.NetServer;
import dev.bistro.net.NetSettings;
import dev.bistro.startup.Problem;
import dev.bistro.startup.Problems;
import dev.bistro.startup.StartupException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The listener for those who run the application. It has sockets, a loop and threads of its own, so that it answers
 * whatever the clients and the handlers of the main port do.
 */
record ManagementListener(NetServer net) {
    /** Few have to reach it, so that the main port keeps the descriptors for its clients. */
    private static final int MAX_CONNECTIONS = 32;

    private static final int LOOPS = 1;
    private static final Duration STOP_TIME = Duration.ofSeconds(1);

    /** A way to open it, with what it serves. */
    @FunctionalInterface
    interface Opening {
        /** Opens it, if there is to be one. */
        Optional<ManagementListener> open(
                ServerSettings server, ManagementSettings settings, Supplier<Application> pages);
    }

    /** Reports a port that the application listens at too. */
    static void check(OwnSettings own, Problems problems) {
        Optional<InetSocketAddress> address = own.management().flatMap(ManagementSettings::address);
        Optional<ServerListening> listening = own.server().map(ServerSettings::listening);
        if (address.isEmpty() || listening.isEmpty()) {
            return;
        }
        List<SocketAddress> others = Stream.concat(
                        listening.get().addresses().stream(), listening.get().securePort().stream())
                .toList();
        ListenAddresses.clash(address.get(), others)
                .ifPresent(same -> problems.add(Problem.of(
                                "shared-port",
                                "management.port is where the application listens too: " + ListenAddresses.text(same)
                                        + ".")
                        .cure("Take another one: --management.port=9001, MANAGEMENT_PORT=9001, or 0 for a free one.")));
    }

    /**
     * Listens where the settings say.
     *
     * @throws StartupException if it can't
     */
    static Optional<ManagementListener> open(
            ServerSettings server, ManagementSettings settings, Supplier<Application> pages) {
        return settings.address().map(address -> open(server, address, pages.get()));
    }

    private static ManagementListener open(ServerSettings server, InetSocketAddress address, Application pages) {
        if (address.isUnresolved()) {
            throw new StartupException(List.of(ListenFault.ofManagement(address).unknownHost()));
        }
        try {
            return new ManagementListener(
                    NetServer.start(settings(server, address), Transports.plain(server, pages, LOOPS)));
        } catch (CannotListenException e) {
            Problem problem = ListenFault.ofManagement(address).because(e.getMessage());
            throw new StartupException(List.of(problem), e.getCause());
        } catch (IOException e) {
            throw new StartupException(
                    List.of(Problem.of("cannot-listen", "Can't listen for management: " + e.getMessage() + ".")), e);
        }
    }

    /** The limits of the main port, but for the number of connections and loops. */
    private static NetSettings settings(ServerSettings server, InetSocketAddress address) {
        NetSettings main = server.net(List.of(Listener.plain(address)));
        return new NetSettings(
                main.listeners(),
                LOOPS,
                MAX_CONNECTIONS,
                0,
                main.readBufferBytes(),
                main.maxBufferedBytes(),
                main.maxOpenings(),
                main.openingTimeout(),
                main.writeTimeout(),
                main.queueTimeout());
    }

    /** There is none within the process: its clients are outside. */
    static Optional<ManagementListener> none(
            ServerSettings server, ManagementSettings settings, Supplier<Application> pages) {
        return Optional.empty();
    }

    /** The address with the actual port. */
    InetSocketAddress address() {
        return net.address();
    }

    /** The address for a client on this machine, and the one that is listened on. */
    String description() {
        return Transport.Sockets.description("http", address());
    }

    void stop() {
        net.stop(STOP_TIME);
    }
}
