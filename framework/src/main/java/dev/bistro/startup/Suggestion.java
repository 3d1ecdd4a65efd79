package dev.bistro.startup;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** "Did you mean": finds the known word that is nearest to an unknown one. */
public final class Suggestion {
    private Suggestion() {}

    /**
     * The nearest known word, if it is near enough: {@code nearest("limt", List.of("limit", "offset"))} is {@code
     * limit}. It is near enough if at most a third of its letters have to be edited, or one letter; upper and lower
     * case are equal. Otherwise it is the only known word that contains the other or is contained in it, such as {@code
     * id} for {@code itemId}.
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
        // A single letter is part of almost every word.
        return word.length() > 1
                && candidate.length() > 1
                && (lower(word).contains(lower(candidate)) || lower(candidate).contains(lower(word)));
    }

    private static String lower(String word) {
        return word.toLowerCase(Locale.ROOT);
    }

    /**
     * The number of letters to add, drop, replace or swap (optimal string alignment, after Damerau and Levenshtein).
     */
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
