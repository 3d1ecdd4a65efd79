package dev.bistro.wire;

import dev.bistro.Bistro;
import dev.bistro.annotation.Get;
import dev.bistro.annotation.NonBlocking;
import dev.bistro.annotation.Route;
import dev.bistro.feed.Feed;
import dev.bistro.feed.FeedSettings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * A process of its own for {@link FeedCrowdTest}, with one feed. {@code await N} is answered when the feed has N
 * followers, with the server's number of threads; {@code publish N} publishes the next N numbers.
 */
final class FeedServer {
    @Route("/feed")
    static final class Numbers {
        private final Feed<Integer> numbers =
                Feed.create(FeedSettings.DEFAULTS.withHistory(200).withHeartbeat(Duration.ofMinutes(10)));

        @Get
        @NonBlocking // so that a slow start of the process doesn't look like a handler that waits
        Feed<Integer> numbers() {
            return numbers;
        }
    }

    private FeedServer() {}

    public static void main(String[] args) throws Exception {
        try (var server = Bistro.app(FeedServer.class)
                .classes(Numbers.class)
                .port(0)
                .set("server.loops", "2")
                .set("server.max-connections", "10100")
                .start()) {
            System.out.println(server.port());
            answer(server.get(Numbers.class).numbers);
        }
    }

    private static void answer(Feed<Integer> feed) throws IOException, InterruptedException {
        var input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        int published = 0;
        for (String line = input.readLine(); line != null; line = input.readLine()) {
            int count = Integer.parseInt(line.substring(line.indexOf(' ') + 1));
            if (line.startsWith("await")) {
                Await.until(() -> feed.followers() >= count);
                System.out.println(ServerProcess.awaitFewThreads());
            } else {
                for (int i = 0; i < count; i++) {
                    feed.publish(published++);
                }
                System.out.println(published);
            }
        }
    }
}
