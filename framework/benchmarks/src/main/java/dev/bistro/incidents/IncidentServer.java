package dev.bistro.incidents;

import dev.bistro.Bistro;
import dev.bistro.Server;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;

/**
 * The server that the incidents happen to. It prints its port, answers each line of its input with one, and ends with
 * its input: {@code heap} (the bytes in use after a collection), {@code interrupt} (all threads that wait for sockets),
 * {@code hoard MILLIS} (all memory, for so long), {@code followers} and {@code publish COUNT SIZE}.
 */
public final class IncidentServer {
    private static final int LARGEST = 1 << 20;
    private static final int SMALLEST = 16;

    private IncidentServer() {}

    public static void main(String[] args) throws IOException {
        Server server = Bistro.run(IncidentServer.class, args);
        System.out.println(server.port());
        var feeds = server.get(FeedController.class);
        var input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        for (String line = input.readLine(); line != null; line = input.readLine()) {
            System.out.println(answer(line.split(" "), feeds));
        }
        System.exit(0);
    }

    private static long answer(String[] words, FeedController feeds) {
        return switch (words[0]) {
            case "heap" -> heap();
            case "interrupt" -> interrupt();
            case "hoard" -> hoard(Long.parseLong(words[1]));
            case "followers" -> feeds.followers();
            case "publish" -> feeds.publish(Integer.parseInt(words[1]), Integer.parseInt(words[2]));
            default -> throw new IllegalArgumentException(words[0]);
        };
    }

    private static long heap() {
        System.gc();
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    private static long interrupt() {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(IncidentServer::waitsForSockets)
                .peek(each -> each.getKey().interrupt())
                .count();
    }

    private static boolean waitsForSockets(Map.Entry<Thread, StackTraceElement[]> thread) {
        return Arrays.stream(thread.getValue())
                        .anyMatch(each -> each.getClassName().startsWith("sun.nio.ch.Selector"))
                && Arrays.stream(thread.getValue())
                        .anyMatch(each -> each.getClassName().startsWith("dev.bistro."));
    }

    /** Takes all memory down to the last bytes, and again what others give back; lets go of it in the end. */
    private static long hoard(long millis) {
        long end = System.nanoTime() + millis * 1_000_000;
        Object[] hoarded = null;
        int size = LARGEST;
        while (System.nanoTime() < end) {
            try {
                var link = new Object[size / Integer.BYTES];
                link[0] = hoarded;
                hoarded = link;
            } catch (OutOfMemoryError e) {
                size = size > SMALLEST ? size / 2 : LARGEST;
            }
        }
        hoarded = null;
        return heap();
    }
}
