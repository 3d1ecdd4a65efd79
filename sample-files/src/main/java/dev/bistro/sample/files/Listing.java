package dev.bistro.sample.files;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What is in a directory: directories first.
 *
 * @param path its path below the root, with a slash before and after it
 * @param readme the text of its README, if it has one that is short enough to be shown
 */
record Listing(String path, List<Entry> entries, Optional<String> readme) {
    /** Names of READMEs in lower case, the one that is shown before the others first. */
    private static final List<String> READMES = List.of("readme.md", "readme.txt", "readme");

    /** What a listing is sorted by. */
    enum Sort {
        NAME(Comparator.comparing(Entry::name, String.CASE_INSENSITIVE_ORDER).thenComparing(Entry::name)),
        SIZE(Comparator.comparingLong(Entry::size)),
        TIME(Comparator.comparing(Entry::modified));

        private final Comparator<Entry> comparator;

        Sort(Comparator<Entry> comparator) {
            this.comparator = comparator;
        }
    }

    Listing sorted(Sort sort, boolean descending) {
        Comparator<Entry> order = descending ? sort.comparator.reversed() : sort.comparator;
        List<Entry> sorted = entries.stream()
                .sorted(Comparator.comparing((Entry entry) -> !entry.directory())
                        .thenComparing(order))
                .toList();
        return new Listing(path, sorted, readme);
    }

    /** The README; of several, {@code README.md} before {@code readme.md}, and that before {@code README}. */
    static Optional<Entry> readmeAmong(List<Entry> entries) {
        return entries.stream()
                .filter(entry -> !entry.directory() && rank(entry) >= 0)
                .min(Comparator.comparingInt(Listing::rank).thenComparing(Entry::name));
    }

    private static int rank(Entry entry) {
        return READMES.indexOf(entry.name().toLowerCase(Locale.ROOT));
    }

    /** A line for each entry; a directory's ends in a slash. */
    String text() {
        var text = new StringBuilder();
        entries.forEach(entry -> text.append(entry.name()).append(entry.directory() ? "/\n" : "\n"));
        return text.toString();
    }
}
