package dev.bistro.cluster;

import dev.bistro.cluster.Tally.Kind;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A client with long polls. */
final class PollFollower extends Follower {
    private static final Pattern ITEM =
            Pattern.compile("\"id\":\"([^\"]+)\",\"event\":\"[^\"]+\",\"data\":\"([^\"]+)\"");
    private static final Pattern NEXT = Pattern.compile("\"next\":\"([^\"]+)\"");

    PollFollower(String name, Clients clients) {
        super(name, clients);
    }

    @Override
    void follow(String after) throws InterruptedException {
        String since = URLEncoder.encode(after, StandardCharsets.UTF_8);
        clients.exchange(Kind.POLL, clients.request("/messages?wait=10&since=" + since))
                .ifPresent(this::read);
    }

    private void read(String list) {
        if (list.contains("\"reset\":true")) {
            reset();
        }
        Matcher item = ITEM.matcher(list);
        while (item.find()) {
            take(item.group(1), item.group(2));
        }
        Matcher next = NEXT.matcher(list);
        if (next.find()) {
            moveTo(next.group(1));
        }
    }
}
