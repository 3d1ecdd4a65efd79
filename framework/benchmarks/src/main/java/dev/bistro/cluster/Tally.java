package dev.bistro.cluster;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** What has come of the requests of each kind in each phase. For any thread. */
final class Tally {
    /** What clients do. */
    enum Kind {
        READ("reads"),
        WRITE("writes"),
        PUBLICATION("messages, by POST"),
        SENT("messages, by WebSocket"),
        POLL("long polls"),
        EVENTS("event streams"),
        SOCKET("WebSockets");

        private final String words;

        Kind(String words) {
            this.words = words;
        }
    }

    /** What comes of a request. */
    enum Outcome {
        /** Answered with what was asked for; a stream or WebSocket was opened, and ended as it has to. */
        DONE,
        /** 503: not now. */
        REFUSED,
        /** A WebSocket was closed as it has to be, after a message was sent and before it was answered. */
        UNANSWERED,
        /** Anything else. */
        FAILED
    }

    private final Map<String, Map<Kind, int[]>> phases = new LinkedHashMap<>();
    private String phase; // null while nothing is counted, which is so at first

    /** What follows is counted for this phase. */
    synchronized void begin(String name) {
        phase = name;
        phases.computeIfAbsent(name, added -> new EnumMap<>(Kind.class));
    }

    synchronized void end() {
        phase = null;
    }

    synchronized void count(Kind kind, Outcome outcome) {
        if (phase != null) {
            phases.get(phase).computeIfAbsent(kind, added -> new int[Outcome.values().length])[outcome.ordinal()]++;
        }
    }

    /** How many have come to that in all phases. */
    synchronized int count(String name, Outcome outcome) {
        return phases.get(name).values().stream()
                .mapToInt(counts -> counts[outcome.ordinal()])
                .sum();
    }

    /** A line for each phase and kind. */
    synchronized String table() {
        var table = new StringBuilder(
                "| phase | | done | refused (503) | unanswered | failed |\n|---|---|--:|--:|--:|--:|\n");
        phases.forEach((name, kinds) ->
                kinds.forEach((kind, counts) -> table.append("| %s | %s | %,d | %d | %d | %d |\n"
                        .formatted(name, kind.words, counts[0], counts[1], counts[2], counts[3]))));
        return table.toString();
    }
}
