package dev.bistro.app;

import dev.bistro.Server;
import java.io.IOException;

/** {@link TlsApplication} in a process of its own, with a certificate for development. Prints its port. */
public final class KeyLimitServer {
    private KeyLimitServer() {}

    public static void main(String[] args) throws IOException {
        try (Server server =
                TlsApplication.plain().set("server.tls.development", "true").start()) {
            System.out.println(server.port());
            while (System.in.read() >= 0) {
                // until its input ends
            }
        }
    }
}
