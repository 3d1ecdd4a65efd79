package dev.bistro.benchmarks;

import dev.bistro.Bistro;
import dev.bistro.annotation.Get;
import dev.bistro.annotation.Route;
import dev.bistro.feed.Feed;
import dev.bistro.feed.FeedSettings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * The server of {@link FeedBenchmark}, in a process of its own. It prints its port, answers each line of its input with
 * one, and ends with it: {@code await N} when so many clients wait, {@code publish N} when the number is published,
 * {@code heap} with the bytes in use after a collection.
 */
final class FeedBenchmarkServer {
    record News(String text, int number) {}

    @Route("/feed")
    static final class FeedController {
        private final Feed<News> feed = Feed.create(FeedSettings.DEFAULTS.withHeartbeat(Duration.ofMinutes(5)));

        @Get
        Feed<News> feed() {
            return feed;
        }
    }

    private FeedBenchmarkServer() {}

    public static void main(String[] args) throws Exception {
        try (var server = Bistro.app(FeedBenchmarkServer.class)
                .classes(FeedController.class)
                .port(0)
                .set("server.max-connections", "100000")
                .set("server.idle-timeout", "10m")
                .start()) {
            System.out.println(server.port());
            answer(server.get(FeedController.class).feed);
        }
    }

    private static void answer(Feed<News> feed) throws IOException, InterruptedException {
        var input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        for (String line = input.readLine(); line != null; line = input.readLine()) {
            String[] words = line.split(" ");
            switch (words[0]) {
                case "await" -> awaitFollowers(feed, Integer.parseInt(words[1]));
                case "publish" -> feed.publish(new News("x".repeat(100), Integer.parseInt(words[1])));
                default -> System.gc();
            }
            Runtime runtime = Runtime.getRuntime();
            System.out.println(runtime.totalMemory() - runtime.freeMemory());
        }
    }

    private static void awaitFollowers(Feed<News> feed, int count) throws InterruptedException {
        while (feed.followers() < count) {
            Thread.sleep(1);
        }
    }
}
