package dev.bistro.routing;

import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.stream.IntStream;

/**
 * Finds regexes with catastrophic backtracking, for which the time to find out that a text doesn't match doubles with
 * each character. Such a regex has a position from which two different ways lead back to it with the same text:
 * {@code (a+)+} and {@code (a|a)*} are such; {@code [a-z]+(-[a-z]+)*} isn't.
 *
 * @see <a href="https://arxiv.org/abs/1110.1716">Static Detection of DoS Vulnerabilities in Programs that use Regular
 *     Expressions</a>
 */
final class Backtracking {
    private final RegexPositions positions;
    private final int count;
    private final int[][] next;
    private final int[][] previous;

    private Backtracking(RegexPositions positions) {
        this.positions = positions;
        this.count = positions.count();
        this.next = new int[count][];
        this.previous = new int[count][];
        for (int i = 0; i < count; i++) {
            int position = i;
            next[i] = IntStream.range(0, count)
                    .filter(other -> positions.edges(position, other) > 0)
                    .toArray();
            previous[i] = IntStream.range(0, count)
                    .filter(other -> positions.edges(other, position) > 0)
                    .toArray();
        }
    }

    /** Whether a regex is known to be such; {@link RegexConstraint} limits all others at request time. */
    static boolean isCatastrophic(String regex) {
        return RegexPositions.of(regex)
                .filter(positions -> new Backtracking(positions).isAmbiguous())
                .isPresent();
    }

    private boolean isAmbiguous() {
        for (int position = 0; position < count; position++) {
            if (goesTwoWaysAndBack(position)) {
                return true;
            }
        }
        return false;
    }

    /** Whether two different walks over the same text lead from the position back to it. */
    private boolean goesTwoWaysAndBack(int position) {
        int start = pair(position, position);
        BitSet ahead = reachable(start, next);
        BitSet behind = reachable(start, previous);
        for (int pair = ahead.nextSetBit(0); pair >= 0; pair = ahead.nextSetBit(pair + 1)) {
            if (behind.get(pair) && (!isSame(pair) || hasTwinEdge(pair, behind))) {
                return true;
            }
        }
        return false;
    }

    private int pair(int one, int other) {
        return one * count + other;
    }

    private boolean isSame(int pair) {
        return pair / count == pair % count;
    }

    /**
     * Whether both walks are at one position, and go on to the same next one by two edges, from which they come back.
     */
    private boolean hasTwinEdge(int pair, BitSet behind) {
        int position = pair / count;
        for (int after : next[position]) {
            if (positions.edges(position, after) > 1 && behind.get(pair(after, after))) {
                return true;
            }
        }
        return false;
    }

    /** The pairs of positions that are reached from a pair by these edges, with a character that both of a pair fit. */
    private BitSet reachable(int start, int[][] edges) {
        var reached = new BitSet();
        Deque<Integer> queue = new ArrayDeque<>();
        reached.set(start);
        queue.add(start);
        while (!queue.isEmpty()) {
            int pair = queue.remove();
            for (int one : edges[pair / count]) {
                for (int other : edges[pair % count]) {
                    if (positions.meet(one, other) && !reached.get(pair(one, other))) {
                        reached.set(pair(one, other));
                        queue.add(pair(one, other));
                    }
                }
            }
        }
        return reached;
    }
}
