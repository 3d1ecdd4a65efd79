package dev.bistro.metrics;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Metrics of which no two have a name in common, so that all of them can be in one text: neither their own names nor
 * those of their samples. Whoever is first has the name.
 */
public final class DistinctFamilies {
    private final List<MetricFamily> families = new ArrayList<>();
    private final Set<String> taken = new HashSet<>();

    /** Adds a metric unless one of its names is taken. */
    public void add(MetricFamily family) {
        Set<String> names = Stream.concat(Stream.of(""), family.kind().suffixes().stream())
                .map(suffix -> family.name() + suffix)
                .collect(Collectors.toSet());
        if (names.stream().noneMatch(taken::contains)) {
            taken.addAll(names);
            families.add(family);
        }
    }

    /** Those that were added, in this order. */
    public List<MetricFamily> all() {
        return List.copyOf(families);
    }
}
