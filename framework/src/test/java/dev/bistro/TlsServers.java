package dev.bistro;

import dev.bistro.http.spi.Application;
import dev.bistro.http1.Http1;
import dev.bistro.net.Listener;
import dev.bistro.net.ListenerTls;
import dev.bistro.net.MemoryServer;
import dev.bistro.net.NetServer;
import dev.bistro.net.NetSettings;
import dev.bistro.net.TlsEngines;
import dev.bistro.tls.TestAuthority;
import dev.bistro.tls.TestCertificate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;

/**
 * Starts applications over TLS without settings and files, for tests of what is around TLS.
 *
 * @param certificate the server's at the moment: each handshake asks anew
 * @param besidePlain whether it serves plain HTTP too, at another port
 */
public record TlsServers(
        TestAuthority clients,
        Supplier<TestCertificate> certificate,
        boolean needsClientCertificate,
        boolean besidePlain) {
    /** Starts these classes over a socket or within the process. */
    public Server start(boolean overSocket, Class<?>... classes) {
        var input = new StartInput(TlsServers.class, List.of(), Map.of(), Map.of(), List.of(), List.of(classes));
        return new Assembly(input).start(overSocket ? this::listen : this::inProcess);
    }

    private Transport listen(ServerSettings settings, Application application) {
        Http1 http1 = Transports.http1(settings, application);
        var anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        Listener plain = Listener.plain(anyPort);
        var tls = new ListenerTls(engines(), "HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        var listeners = new ArrayList<Listener>();
        if (besidePlain) {
            listeners.add(plain);
        }
        listeners.add(new Listener(anyPort, plain.permissions(), plain.sendsProxyHeader(), Optional.of(tls)));
        try {
            NetServer net = NetServer.start(settings.net(listeners), http1);
            var address = (InetSocketAddress) net.addresses().get(listeners.size() - 1);
            return new Transport.Sockets(net, http1, Optional.of(new Transport.TlsListener(address, shown())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Transport inProcess(ServerSettings settings, Application application) {
        var memory = new MemoryServer(NetSettings.READ_BUFFER_BYTES, Transports.http1(settings, application));
        return new Transport.InProcess(memory, Optional.of(new Transport.MemoryTls(engines(), shown(), besidePlain)));
    }

    private ShownCertificates shown() {
        return new ShownCertificates(
                () -> List.<X509Certificate>of(certificate.get().x509()));
    }

    private TlsEngines engines() {
        return new TlsEngines() {
            @Override
            public SSLEngine newEngine() {
                SSLContext context = certificate.get().context(clients);
                SSLEngine engine = context.createSSLEngine();
                engine.setUseClientMode(false);
                engine.setNeedClientAuth(needsClientCertificate);
                return engine;
            }

            @Override
            public void checkResumed(SSLSession session) {
                throw new AssertionError("Sessions of a new context aren't resumed");
            }
        };
    }
}
