package dev.bistro.cluster;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Compares what was acknowledged with what there is. */
final class Verdict {
    private static final int SHOWN = 5;

    private final List<String> faults = new ArrayList<>();

    void require(boolean isSo, String fault) {
        if (!isSo) {
            faults.add(fault);
        }
    }

    /** Whatever was acknowledged is there once, and nothing is there twice, or was never sent. */
    void compare(String what, Journal journal, List<String> there) {
        Map<String, Integer> counts = new HashMap<>();
        there.forEach(key -> counts.merge(key, 1, Integer::sum));
        list(what + " that were acknowledged and are lost", journal.acknowledged(), key -> !counts.containsKey(key));
        list(what + " that are there twice", counts.keySet(), key -> counts.get(key) > 1);
        list(what + " that nobody sent", counts.keySet(), key -> !journal.sent().contains(key));
    }

    private interface Condition {
        boolean holds(String key);
    }

    private void list(String what, Set<String> keys, Condition isFault) {
        List<String> found = keys.stream().filter(isFault::holds).sorted().toList();
        require(
                found.isEmpty(),
                what + ": " + found.size() + ", such as " + found.subList(0, Math.min(SHOWN, found.size())));
    }

    /** Each client's messages, which it sent one after the other, are in that order. */
    void order(List<String> messages) {
        Map<String, Integer> last = new LinkedHashMap<>();
        for (String message : messages) {
            String client = message.substring(0, message.lastIndexOf('-'));
            int number = Integer.parseInt(message.substring(client.length() + 1));
            require(last.getOrDefault(client, 0) < number, "message " + message + " comes after " + last.get(client));
            last.put(client, number);
        }
    }

    /** A follower was given what there is: each message once, in the same order. */
    void follower(Follower follower, List<String> expected) {
        require(follower.resets() == 0, follower + " was told of " + follower.resets() + " resets");
        List<String> items = follower.items();
        int same = 0;
        while (same < Math.min(items.size(), expected.size()) && items.get(same).equals(expected.get(same))) {
            same++;
        }
        require(
                items.equals(expected),
                follower + " was given " + items.size() + " messages of " + expected.size()
                        + "; the first that differs is "
                        + (same < items.size() ? items.get(same) : "the end") + " in the place of "
                        + (same < expected.size() ? expected.get(same) : "the end"));
    }

    List<String> faults() {
        return faults;
    }
}
