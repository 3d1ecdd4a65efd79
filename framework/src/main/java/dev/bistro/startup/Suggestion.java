package dev.bistro.startup;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** "Did you mean": the known word that is nearest to one that isn't known. */
public final class Suggestion {
    private Suggestion() {}

    /**
     * The known word that is nearest, if it is near enough to be meant: {@code nearest("limt", List.of("limit", "offset"))} is {@code limit}. A word is near
     * enough within a third of its length in edits, letters' case aside, and one edit at least; otherwise if it is the only one that contains the other, as
     * {@code id} for {@code itemId}.
     */
    public static Optional<String> nearest(String word, Collection<String> known) {
        String nearest = null;
        int least = Integer.MAX_VALUE;
        for (String candidate : known) {
            int distance = distance(lower(word), lower(candidate));
            int longer = Math.max(word.length(), candidate.length());
            if (distance < least && distance < longer && distance <= Math.max(1, word.length() / 3)) {
                least = distance;
                nearest = candidate;
            }
        }
        return nearest != null ? Optional.of(nearest) : onlyOneContaining(word, known);
    }

    private static Optional<String> onlyOneContaining(String word, Collection<String> known) {
        List<String> containing =
                known.stream().filter(candidate -> contains(word, candidate)).toList();
        return containing.size() == 1 ? Optional.of(containing.get(0)) : Optional.empty();
    }

    private static boolean contains(String word, String candidate) {
        // One letter is part of almost any word.
        return word.length() > 1
                && candidate.length() > 1
                && (lower(word).contains(lower(candidate)) || lower(candidate).contains(lower(word)));
    }

    private static String lower(String word) {
        return word.toLowerCase(Locale.ROOT);
    }

    /** How many letters to add, drop, replace, or swap with the next (optimal string alignment, after Damerau and Levenshtein). */
    private static int distance(String a, String b) {
        int[][] distances = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                distances[i][j] = i == 0 || j == 0 ? i + j : step(a, b, i, j, distances);
            }
        }
        return distances[a.length()][b.length()];
    }

    private static int step(String a, String b, int i, int j, int[][] distances) {
        int replaced = distances[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        int least = Math.min(replaced, 1 + Math.min(distances[i - 1][j], distances[i][j - 1]));
        boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(least, distances[i - 2][j - 2] + 1) : least;
    }
}
