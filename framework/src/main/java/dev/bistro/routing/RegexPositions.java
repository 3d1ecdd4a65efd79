package dev.bistro.routing;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A regex as a graph of its positions: each character or character class is a position, with an edge to each one that
 * may follow. Two edges between the same positions mean that there are two ways to go on with the same text. Covers the
 * common part of Java's regexes; those with look-around, back references, possessive quantifiers or flags are unknown.
 *
 * <pre>
 * alternation = sequence *( "|" sequence )
 * sequence    = *( atom [ quantifier ] )
 * atom        = "(" [ "?:" / "?&lt;" name ">" ] alternation ")" / "[" … "]" / "\" … / "." / "^" / "$" / character
 * quantifier  = ( "*" / "+" / "?" / "{" n [ "," [ m ] ] "}" ) [ "?" ]
 * </pre>
 *
 * @see <a href="https://en.wikipedia.org/wiki/Glushkov%27s_construction_algorithm">Glushkov's construction</a>
 */
final class RegexPositions {
    private static final int MAX_POSITIONS = 120;
    private static final int MAX_COPIES = 4;
    private static final int UNBOUNDED = -1;

    /** ASCII, and a few characters that represent all others. */
    private static final String ALPHABET = alphabet();

    private final String regex;
    private final List<BitSet> characters = new ArrayList<>();
    private final int[][] edges = new int[MAX_POSITIONS][MAX_POSITIONS];
    private int at;

    /** A part of the regex: whether it may be empty, and the positions with which it begins and ends. */
    private record Part(boolean nullable, List<Integer> first, List<Integer> last) {
        static final Part EMPTY = new Part(true, List.of(), List.of());
    }

    /** The regex has something that isn't covered. */
    private static final class Unknown extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Unknown() {
            super(null, null, false, false);
        }
    }

    private RegexPositions(String regex) {
        this.regex = regex;
    }

    /** The positions of a valid regex; empty if it has something that isn't covered. */
    static Optional<RegexPositions> of(String regex) {
        var positions = new RegexPositions(regex);
        try {
            positions.alternation();
            return positions.at == regex.length() ? Optional.of(positions) : Optional.empty();
        } catch (Unknown unknown) {
            return Optional.empty();
        }
    }

    private static String alphabet() {
        var alphabet = new StringBuilder();
        for (char c = ' '; c < 0x7F; c++) {
            alphabet.append(c);
        }
        return alphabet.append("é中٣").toString();
    }

    int count() {
        return characters.size();
    }

    /** The number of edges from one position to another. */
    int edges(int position, int next) {
        return edges[position][next];
    }

    /** Whether a character fits both positions. */
    boolean meet(int position, int other) {
        return characters.get(position).intersects(characters.get(other));
    }

    // ---- the grammar

    private Part alternation() {
        Part part = sequence();
        while (peek() == '|') {
            at++;
            Part other = sequence();
            part = new Part(
                    part.nullable || other.nullable, union(part.first, other.first), union(part.last, other.last));
        }
        return part;
    }

    private Part sequence() {
        Part part = Part.EMPTY;
        while (at < regex.length() && peek() != '|' && peek() != ')') {
            part = concatenated(part, quantified());
        }
        return part;
    }

    private Part quantified() {
        int start = at;
        Part part = atom();
        int min = 1;
        int max = 1;
        switch (peek()) {
            case '*' -> {
                min = 0;
                max = UNBOUNDED;
                at++;
            }
            case '+' -> {
                max = UNBOUNDED;
                at++;
            }
            case '?' -> {
                min = 0;
                at++;
            }
            case '{' -> {
                int close = regex.indexOf('}', at);
                String[] bounds = regex.substring(at + 1, close).split(",", -1);
                min = Integer.parseInt(bounds[0]);
                max = bounds.length == 1 ? min : bounds[1].isEmpty() ? UNBOUNDED : Integer.parseInt(bounds[1]);
                at = close + 1;
            }
            default -> {
                return part;
            }
        }
        if (peek() == '?') {
            at++; // lazy: matches the same texts, in another order
        } else if (peek() == '+') {
            throw new Unknown();
        }
        return repeated(part, min, max, start);
    }

    private Part repeated(Part part, int min, int max, int start) {
        if (max == UNBOUNDED) {
            link(part.last, part.first);
            return new Part(part.nullable || min == 0, part.first, part.last);
        }
        // A bounded repetition is copied; a few copies show as much as many.
        Part all = min == 0 ? optional(part) : part;
        int after = at;
        for (int copy = 2; copy <= Math.min(max, MAX_COPIES); copy++) {
            at = start;
            Part again = atom();
            all = concatenated(all, copy > min ? optional(again) : again);
        }
        at = after;
        return all;
    }

    private static Part optional(Part part) {
        return new Part(true, part.first, part.last);
    }

    private Part atom() {
        int start = at++;
        switch (regex.charAt(start)) {
            case '(' -> {
                return group();
            }
            case '[' -> at = endOfClass(start);
            case '\\' -> at = endOfEscape(start);
            case '^', '$' -> {
                return Part.EMPTY;
            }
            default -> {}
        }
        return position(regex.substring(start, at));
    }

    private Part group() {
        if (peek() == '?') {
            if (regex.startsWith("?:", at)) {
                at += 2;
            } else if (regex.startsWith("?<", at) && "=!".indexOf(regex.charAt(at + 2)) < 0) {
                at = regex.indexOf('>', at) + 1;
            } else {
                throw new Unknown();
            }
        }
        Part part = alternation();
        at++; // ')'
        return part;
    }

    private int endOfClass(int start) {
        int depth = 0;
        for (int i = start; i < regex.length(); i++) {
            switch (regex.charAt(i)) {
                case '\\' -> i++;
                case '[' -> depth++;
                case ']' -> {
                    // a bracket that comes first is a character
                    boolean first = i == start + 1 || i == start + 2 && regex.charAt(start + 1) == '^';
                    if (!first && --depth == 0) {
                        return i + 1;
                    }
                }
                default -> {}
            }
        }
        throw new Unknown();
    }

    private int endOfEscape(int start) {
        char c = regex.charAt(start + 1);
        if (Character.isDigit(c) || "kbBAGzZQRXNxuc".indexOf(c) >= 0) {
            throw new Unknown();
        }
        boolean property = (c == 'p' || c == 'P') && start + 2 < regex.length() && regex.charAt(start + 2) == '{';
        return property ? regex.indexOf('}', start) + 1 : start + 2;
    }

    // ---- the construction

    private Part position(String one) {
        if (characters.size() == MAX_POSITIONS) {
            throw new Unknown();
        }
        Pattern pattern = Pattern.compile(one);
        var fitting = new BitSet();
        for (int i = 0; i < ALPHABET.length(); i++) {
            fitting.set(i, pattern.matcher(ALPHABET.substring(i, i + 1)).matches());
        }
        List<Integer> position = List.of(characters.size());
        characters.add(fitting);
        return new Part(false, position, position);
    }

    private Part concatenated(Part part, Part next) {
        link(part.last, next.first);
        return new Part(
                part.nullable && next.nullable,
                part.nullable ? union(part.first, next.first) : part.first,
                next.nullable ? union(part.last, next.last) : next.last);
    }

    private void link(List<Integer> from, List<Integer> to) {
        from.forEach(position -> to.forEach(next -> edges[position][next]++));
    }

    private static List<Integer> union(List<Integer> some, List<Integer> others) {
        var union = new ArrayList<>(some);
        union.addAll(others);
        return union;
    }

    private char peek() {
        return at < regex.length() ? regex.charAt(at) : '\0';
    }
}
