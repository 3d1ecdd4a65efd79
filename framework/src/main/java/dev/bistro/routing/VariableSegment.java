package dev.bistro.routing;

import dev.bistro.description.DescribedPath;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A segment with variables, and with literals (which may be empty) around and between them.
 *
 * <pre>
 * literals[0] variables[0] literals[1] variables[1] … literals[n]
 * </pre>
 *
 * It is matched from its end: each literal as far to the right as possible, then the constraint of each value. So no
 * segment is searched more than once for a literal.
 */
final class VariableSegment implements Segment {
    private static final int NONE = -1;
    private static final int[] NO_SPANS = {};

    private final List<String> texts;
    private final List<byte[]> literals;
    private final List<Variable> variables;
    private final String shape;

    VariableSegment(List<String> literals, List<Variable> variables) {
        this.texts = List.copyOf(literals);
        this.literals = literals.stream()
                .map(literal -> literal.getBytes(StandardCharsets.UTF_8))
                .toList();
        this.variables = List.copyOf(variables);
        this.shape = shape(texts, variables);
    }

    private static String shape(List<String> texts, List<Variable> variables) {
        var shape = new StringBuilder(texts.get(0));
        for (int i = 0; i < variables.size(); i++) {
            shape.append(variables.get(i).shape()).append(texts.get(i + 1));
        }
        return shape.toString();
    }

    @Override
    public boolean matches(String path, int start, int end) {
        return match(path, start, end, NO_SPANS, 0);
    }

    @Override
    public int locate(String path, int start, int end, int[] spans, int at) {
        match(path, start, end, spans, at);
        return at + 2 * variables.size();
    }

    /** Whether it matches; writes the spans if there is room for any. */
    private boolean match(String path, int start, int end, int[] spans, int at) {
        int from = EncodedText.endOf(literals.get(0), path, start, end);
        int to = suffixStart(path, from, end);
        for (int i = variables.size() - 1; i >= 0; i--) {
            if (from == NONE || to <= from) {
                return false;
            }
            byte[] before = literals.get(i);
            int literal = i == 0 ? from : EncodedText.lastIndexOf(before, path, from, to);
            int value = i == 0 ? from : literal == NONE ? to : EncodedText.endOf(before, path, literal, to);
            if (!variables.get(i).allows(path, value, to)) {
                return false;
            }
            if (spans.length > 0) {
                spans[at + 2 * i] = value;
                spans[at + 2 * i + 1] = to;
            }
            to = literal;
        }
        return true;
    }

    private int suffixStart(String path, int from, int end) {
        byte[] suffix = literals.get(variables.size());
        int start = from == NONE ? NONE : EncodedText.back(suffix.length, path, from, end);
        return start == NONE || EncodedText.endOf(suffix, path, start, end) != end ? NONE : start;
    }

    /** Whether it is a single variable without literals. */
    boolean isWhole() {
        return variables.size() == 1 && texts.get(0).isEmpty() && texts.get(1).isEmpty();
    }

    /** The constraint of the first variable, the only one of a whole segment. */
    Constraint constraint() {
        return variables.get(0).constraint();
    }

    String prefix() {
        return texts.get(0);
    }

    String suffix() {
        return texts.get(texts.size() - 1);
    }

    @Override
    public Specificity specificity() {
        if (isWhole()) {
            return new Specificity(constraint().kind(), 0, 0);
        }
        int characters = texts.stream().mapToInt(String::length).sum();
        long constraints = variables.stream()
                .filter(variable -> variable.constraint() != AnyValue.ANY)
                .count();
        return new Specificity(Specificity.Kind.INFIX, characters, (int) constraints);
    }

    @Override
    public String plain() {
        var plain = new StringBuilder(prefix());
        for (int i = 0; i < variables.size(); i++) {
            plain.append('{').append(variables.get(i).name()).append('}').append(texts.get(i + 1));
        }
        return plain.toString();
    }

    @Override
    public List<DescribedPath.Variable> describe() {
        return variables.stream().map(Variable::describe).toList();
    }

    @Override
    public List<String> variableNames() {
        return variables.stream().map(Variable::name).toList();
    }

    @Override
    public String shape() {
        return shape;
    }

    @Override
    public List<String> examples() {
        var examples = new ArrayList<>(List.of(EncodedText.encode(literals.get(0))));
        for (int i = 0; i < variables.size(); i++) {
            String after = EncodedText.encode(literals.get(i + 1));
            List<String> values = variables.get(i).constraint().examples();
            List<String> before = List.copyOf(examples);
            examples.clear();
            for (String head : before) {
                values.forEach(value -> examples.add(head + value + after));
            }
        }
        return examples;
    }
}
