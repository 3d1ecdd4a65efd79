package dev.bistro.routing;

import dev.bistro.description.DescribedPath;
import java.util.List;
import java.util.Optional;

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
    public String plain() {
        return "{" + name + "}";
    }

    @Override
    public List<DescribedPath.Variable> describe() {
        return List.of(new DescribedPath.Variable(name, Optional.empty(), Optional.empty(), true));
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
