package dev.bistro.cluster;

import dev.bistro.cluster.Tally.Kind;
import dev.bistro.cluster.Tally.Outcome;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;

/** A client with an event stream, which comes back with {@code Last-Event-ID} as a browser does. */
final class EventFollower extends Follower {
    EventFollower(String name, Clients clients) {
        super(name, clients);
    }

    @Override
    void follow(String after) throws InterruptedException {
        HttpRequest.Builder request = clients.request("/messages").header("Accept", "text/event-stream");
        if (!after.isEmpty()) {
            request.header("Last-Event-ID", after);
        }
        try {
            HttpResponse<InputStream> response =
                    clients.http().send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
            try (var events = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
                if (response.statusCode() == 200) {
                    read(events);
                }
            }
            clients.count(Kind.EVENTS, Clients.outcome(response.statusCode()));
        } catch (IOException brokenOff) {
            clients.count(Kind.EVENTS, Outcome.FAILED);
        }
    }

    private void read(BufferedReader events) throws IOException {
        String id = "";
        String type = "";
        String data = "";
        for (String line = events.readLine(); line != null; line = events.readLine()) {
            if (line.startsWith("id: ")) {
                id = line.substring("id: ".length());
            } else if (line.startsWith("event: ")) {
                type = line.substring("event: ".length());
            } else if (line.startsWith("data: ")) {
                data = line.substring("data: ".length());
            } else if (line.isEmpty()) {
                dispatch(id, type, data);
                type = "";
                data = "";
            }
        }
    }

    private void dispatch(String id, String type, String data) {
        if (type.equals("reset")) {
            reset();
        } else if (!data.isEmpty()) {
            take(id, data);
        } else if (!id.isEmpty()) {
            moveTo(id);
        }
    }
}
