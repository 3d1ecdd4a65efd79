package dev.bistro.testing;

import dev.bistro.ClientConnection;
import dev.bistro.http.Headers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLException;

/**
 * How a client connects, and what all of its requests have. Immutable, apart from the cookies.
 *
 * @param json the JSON of the server's application
 * @param tls how it speaks TLS; empty if it doesn't
 * @param headers what is added to requests that don't have it
 * @param cookies what it keeps of responses; empty if it keeps none
 * @param documented what responses are held against; empty if they aren't held against the OpenAPI document
 * @param deadline how long a response may take as a whole, if it isn't read as a stream
 */
record ClientSetup(
        Connector connector,
        Supplier<Json> json,
        Optional<ClientTls> tls,
        Headers headers,
        Optional<CookieJar> cookies,
        Optional<DocumentedAnswers> documented,
        Duration deadline) {
    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final String LOCAL = "localhost";

    static ClientSetup of(Connector connector, Supplier<Json> json, Optional<ClientTls> tls) {
        return new ClientSetup(connector, json, tls, Headers.empty(), Optional.empty(), Optional.empty(), LONGEST);
    }

    ClientSetup withHeader(String name, String value) {
        return new ClientSetup(connector, json, tls, headers.with(name, value), cookies, documented, deadline);
    }

    ClientSetup withCookies(CookieJar jar) {
        return new ClientSetup(connector, json, tls, headers, Optional.of(jar), documented, deadline);
    }

    ClientSetup withTls(ClientTls other) {
        return new ClientSetup(connector, json, Optional.of(other), headers, cookies, documented, deadline);
    }

    ClientSetup withDocumented(DocumentedAnswers other) {
        return new ClientSetup(connector, json, tls, headers, cookies, Optional.of(other), deadline);
    }

    ClientSetup withDeadline(Duration other) {
        return new ClientSetup(connector, json, tls, headers, cookies, documented, other);
    }

    /** The header fields of a request with those that it leaves to the client: defaults, host and cookies. */
    Headers complete(String target, Headers own) {
        Headers all = headers;
        for (int i = 0; i < own.size(); i++) {
            all = all.without(own.name(i));
        }
        for (int i = 0; i < own.size(); i++) {
            all = all.plus(own.name(i), own.value(i));
        }
        Headers withHost = all.contains("Host") ? all : all.plus("Host", host());
        return cookies.map(jar -> jar.addTo(withHost, destination(target, withHost)))
                .orElse(withHost);
    }

    private String host() {
        return tls.flatMap(ClientTls::serverName).map(SNIHostName::getAsciiName).orElse(LOCAL);
    }

    /** Keeps the cookies of a response to a request with these header fields. */
    void keepCookies(String target, Headers request, Headers response) {
        cookies.ifPresent(jar -> jar.store(destination(target, request), response));
    }

    private CookieJar.Destination destination(String target, Headers request) {
        return CookieJar.Destination.of(request, target, tls.isPresent());
    }

    /**
     * Opens a connection.
     *
     * @throws SSLException if client and server refuse each other
     */
    ClientConnection connect() throws SSLException {
        try {
            return connector.connect(tls);
        } catch (SSLException e) {
            throw e;
        } catch (IOException e) {
            throw new UncheckedIOException("The server can't be reached", e);
        }
    }
}
