package dev.bistro.cluster;

import dev.bistro.cluster.Tally.Kind;
import dev.bistro.cluster.Tally.Outcome;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;

/** What all clients share: where the application is, and the tally. */
final class Clients {
    /** Longer than a long poll, and than a message waits for a store that is away. */
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private static final int UNAVAILABLE = 503;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI address;
    private final Tally tally;

    Clients(URI address, Tally tally) {
        this.address = address;
        this.tally = tally;
    }

    HttpRequest.Builder request(String target) {
        return HttpRequest.newBuilder(address.resolve(target));
    }

    /** The address with another scheme, as WebSockets have. */
    URI socket(String target) {
        return URI.create("ws" + address.resolve(target).toString().substring("http".length()));
    }

    HttpClient http() {
        return http;
    }

    void count(Kind kind, Outcome outcome) {
        tally.count(kind, outcome);
    }

    /** Sends a request and counts what comes of it; the answer's body, if it is one with a status of 2xx. */
    Optional<String> exchange(Kind kind, HttpRequest.Builder request) throws InterruptedException {
        try {
            HttpResponse<String> response =
                    http.send(request.timeout(TIMEOUT).build(), HttpResponse.BodyHandlers.ofString());
            Outcome outcome = outcome(response.statusCode());
            tally.count(kind, outcome);
            return outcome == Outcome.DONE ? Optional.of(response.body()) : Optional.empty();
        } catch (IOException fault) {
            tally.count(kind, Outcome.FAILED);
            return Optional.empty();
        }
    }

    static Outcome outcome(int status) {
        if (status / 100 == 2) {
            return Outcome.DONE;
        }
        return status == UNAVAILABLE ? Outcome.REFUSED : Outcome.FAILED;
    }
}
