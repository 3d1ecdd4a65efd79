package dev.bistro.routing;

import java.util.List;

/** {@code {path*}}: the rest of the path with its slashes; may be empty. */
record RestSegment(String name) implements Segment {
    @Override
    public String shape() {
        return "{*}";
    }

    @Override
    public Specificity specificity() {
        return Specificity.REST;
    }

    @Override
    public List<String> variableNames() {
        return List.of(name);
    }

    @Override
    public boolean matches(String path, int start, int end) {
        return true;
    }

    @Override
    public List<String> examples() {
        return List.of("x");
    }

    @Override
    public int end(String path, int start) {
        return path.length();
    }

    @Override
    public int locate(String path, int start, int end, int[] spans, int at) {
        spans[at] = start;
        spans[at + 1] = end;
        return at + 2;
    }
}
