package dev.bistro.routing;

import java.util.Arrays;
import java.util.List;

/** Finds the node behind a literal by the encoded segment of a path: a hash table that needs no key object. */
final class LiteralTable<T> {
    private static final int EMPTY = -1;

    private final List<Node.Edge<T>> edges;
    private final int[] slots;

    LiteralTable(List<Node.Edge<T>> edges) {
        this.edges = List.copyOf(edges);
        this.slots = new int[Math.max(2, 2 * Integer.highestOneBit(2 * edges.size()))];
        Arrays.fill(slots, EMPTY);
        for (int i = 0; i < edges.size(); i++) {
            String encoded = edges.get(i).segment().examples().get(0);
            int slot = EncodedText.hash(encoded, 0, encoded.length()) & slots.length - 1;
            while (slots[slot] != EMPTY) {
                slot = slot + 1 & slots.length - 1;
            }
            slots[slot] = i;
        }
    }

    /** The node behind the literal that equals this part of a path when decoded; null if there is none. */
    Node<T> get(String path, int start, int end) {
        if (edges.isEmpty()) {
            return null;
        }
        int slot = EncodedText.hash(path, start, end) & slots.length - 1;
        while (slots[slot] != EMPTY) {
            Node.Edge<T> edge = edges.get(slots[slot]);
            if (edge.segment().matches(path, start, end)) {
                return edge.node();
            }
            slot = slot + 1 & slots.length - 1;
        }
        return null;
    }
}
