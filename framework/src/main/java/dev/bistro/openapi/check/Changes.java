package dev.bistro.openapi.check;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Collects changes, each once. */
final class Changes {
    private final Set<Change> all = new LinkedHashSet<>();

    void breaking(String where, String what) {
        add(where, what, true);
    }

    void harmless(String where, String what) {
        add(where, what, false);
    }

    void add(String where, String what, boolean breaks) {
        all.add(new Change(where, what, breaks));
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    List<Change> all() {
        return List.copyOf(all);
    }
}
