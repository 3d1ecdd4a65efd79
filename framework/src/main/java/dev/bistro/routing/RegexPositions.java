package dev.bistro.routing;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A regex as its positions: each character (or class of characters) in it, and how often it is followed by which others. An edge that is there twice is followed in two ways with the same
 * text. Made of the common part of Java's regexes; of others (look-around, back references, possessive quantifiers, flags) nothing is known.
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

    /** ASCII, and some that stand for what else there is. */
    private static final String ALPHABET = alphabet();

    private final String regex;
    private final List<BitSet> characters = new ArrayList<>();
    private final int[][] follow = new int[MAX_POSITIONS][MAX_POSITIONS];
    private int at;

    /** A part of the regex: whether it may be empty, and the positions with which it begins and ends. */
    private record Part(boolean nullable, List<Integer> first, List<Integer> last) {
        static final Part EMPTY = new Part(true, List.of(), List.of());
    }

    /** Something that isn't known here. */
    private static final class Unknown extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Unknown() {
            super(null, null, false, false);
        }
    }

    private RegexPositions(String regex) {
        this.regex = regex;
    }

    /** The positions of a valid regex; empty if it has something of which nothing is known. */
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

    /** In how many ways one position is followed by another. */
    int follows(int position, int next) {
        return follow[position][next];
    }

    /** Whether a character fits both. */
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
                    part.nullable || other.nullable, joined(part.first, other.first), joined(part.last, other.last));
        }
        return part;
    }

    private Part sequence() {
        Part part = Part.EMPTY;
        while (at < regex.length() && peek() != '|' && peek() != ')') {
            part = followed(part, quantified());
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
            at++; // lazy: the same texts, in another order
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
        // So many times and not more is read again for each time; a few of them show as much as many.
        Part all = min == 0 ? optional(part) : part;
        int after = at;
        for (int copy = 2; copy <= Math.min(max, MAX_COPIES); copy++) {
            at = start;
            Part again = atom();
            all = followed(all, copy > min ? optional(again) : again);
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
                    // One that comes first is a character.
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

    private Part followed(Part part, Part next) {
        link(part.last, next.first);
        return new Part(
                part.nullable && next.nullable,
                part.nullable ? joined(part.first, next.first) : part.first,
                next.nullable ? joined(part.last, next.last) : next.last);
    }

    private void link(List<Integer> from, List<Integer> to) {
        from.forEach(position -> to.forEach(next -> follow[position][next]++));
    }

    private static List<Integer> joined(List<Integer> some, List<Integer> others) {
        var joined = new ArrayList<>(some);
        joined.addAll(others);
        return joined;
    }

    private char peek() {
        return at < regex.length() ? regex.charAt(at) : '\0';
    }
}
