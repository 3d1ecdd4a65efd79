package dev.bistro.testing;

import dev.bistro.ClientConnection;
import dev.bistro.Server;
import java.io.IOException;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/** Opens connections to a server. */
@FunctionalInterface
interface Connector {
    /**
     * Opens a connection.
     *
     * @param tls how to speak TLS; a plain connection if it is empty
     */
    ClientConnection connect(Optional<ClientTls> tls) throws IOException;

    /** Of a server of this process. */
    static Connector to(Server server) {
        return tls -> {
            if (tls.isEmpty()) {
                return server.connect();
            }
            SSLContext context = tls.get().context();
            return server.connect(context, tls.get().parameters(context));
        };
    }
}
