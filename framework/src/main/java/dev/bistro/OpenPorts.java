package dev.bistro;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What others reach of a server: the transport for clients, and the listener for those who run it. Whatever fails at
 * the end of a start leaves neither of them open.
 */
record OpenPorts(Transport transport, Optional<ManagementListener> management) {
    /** Opens the listener for management first, so that it says that the server is starting. */
    static OpenPorts open(Supplier<Optional<ManagementListener>> management, Supplier<Transport> transport) {
        Optional<ManagementListener> opened = management.get();
        try {
            return new OpenPorts(transport.get(), opened);
        } catch (RuntimeException | Error e) {
            opened.ifPresent(ManagementListener::stop);
            throw e;
        }
    }

    /** Does what is left of the start; if that throws, all is closed. */
    <R> R complete(Function<OpenPorts, R> rest) {
        try {
            return rest.apply(this);
        } catch (RuntimeException | Error e) {
            try {
                transport.stop(Duration.ZERO);
            } finally {
                management.ifPresent(ManagementListener::stop);
            }
            throw e;
        }
    }
}
