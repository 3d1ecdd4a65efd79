package dev.bistro.routing;

import dev.bistro.startup.Place;
import dev.bistro.startup.Problem;
import dev.bistro.startup.Problems;
import dev.bistro.startup.Suggestion;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Parses one template. Goes on after a fault if it can, so that all are reported at once.
 *
 * <pre>
 * template = 1*( "/" segment )
 * segment  = literal / [ literal ] variable *( literal variable ) [ literal ] / rest  ; rest: only as the last segment
 * variable = "{" name [ ":" ( type / regex ) ] "}"                                    ; a word of letters is a type
 * rest     = "{" name "*" "}"
 * </pre>
 */
final class TemplateParser {
    private static final Pattern NAME = Pattern.compile("[\\p{L}_$][\\p{L}\\p{N}_$-]*");
    private static final Pattern WORD = Pattern.compile("[A-Za-z]+");
    private static final Pattern ENCODED = Pattern.compile("%[0-9A-Fa-f]{2}");

    private final String text;
    private final Place place;
    private final Problems problems;
    private final Set<String> names = new HashSet<>();
    private boolean valid = true;

    TemplateParser(String text, Place place, Problems problems) {
        this.text = text;
        this.place = place;
        this.problems = problems;
    }

    Optional<PathTemplate> parse() {
        if (!text.startsWith("/")) {
            fault("it doesn't begin with \"/\"", "Write \"/" + text + "\".");
            return Optional.empty();
        }
        var segments = new ArrayList<Segment>();
        for (int start = 1; start <= text.length(); ) {
            int end = segmentEnd(start);
            if (end < 0) {
                return Optional.empty();
            }
            if (start == end && end < text.length()) {
                fault("it has two slashes in a row", "Leave one of them out.");
            }
            segments.add(segment(start, end));
            start = end + 1;
        }
        return valid ? Optional.of(new PathTemplate(text, segments)) : Optional.empty();
    }

    /** The end of the segment that begins at the index, past slashes in braces; -1 if braces don't match. */
    private int segmentEnd(int start) {
        for (int i = start; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '/') {
                return i;
            }
            if (c == '}') {
                fault("the \"}\" at index " + i + " has no \"{\"", "Write a variable as {name}.");
                return -1;
            }
            if (c == '{') {
                int close = closingBrace(i);
                if (close < 0) {
                    fault("the \"{\" at index " + i + " has no \"}\"", "Write a variable as {name}.");
                    return -1;
                }
                i = close;
            }
        }
        return text.length();
    }

    /** The index of the matching brace. A regex in between may have pairs of braces, and any after a backslash. */
    private int closingBrace(int open) {
        int depth = 0;
        for (int i = open; i < text.length(); i++) {
            switch (text.charAt(i)) {
                case '\\' -> i++;
                case '{' -> depth++;
                case '}' -> {
                    if (--depth == 0) {
                        return i;
                    }
                }
                default -> {}
            }
        }
        return -1;
    }

    private Segment segment(int start, int end) {
        var literals = new ArrayList<String>();
        var variables = new ArrayList<Variable>();
        int literal = start;
        for (int open = text.indexOf('{', start); open >= 0 && open < end; open = text.indexOf('{', literal)) {
            literals.add(literal(literal, open));
            int close = closingBrace(open);
            String inside = text.substring(open + 1, close);
            if (inside.indexOf(':') < 0 && inside.endsWith("*")) {
                return rest(inside.substring(0, inside.length() - 1), open == start && close + 1 == text.length());
            }
            variables.add(variable(inside));
            literal = close + 1;
        }
        literals.add(literal(literal, end));
        if (variables.isEmpty()) {
            return new LiteralSegment(literals.get(0));
        }
        if (literals.subList(1, variables.size()).contains("")) {
            fault("two variables stand side by side", "Write a literal between them, such as {a}-{b}.");
        }
        return new VariableSegment(literals, variables);
    }

    private Segment rest(String name, boolean alone) {
        if (!alone) {
            fault(
                    "{" + name + "*} takes the rest of the path, so nothing may stand beside or after it",
                    "Write {" + name + "} for one segment, or make {" + name + "*} the last segment.");
        }
        checkName(name);
        return new RestSegment(name);
    }

    private Variable variable(String inside) {
        int colon = inside.indexOf(':');
        String name = colon < 0 ? inside : inside.substring(0, colon);
        checkName(name);
        return new Variable(name, colon < 0 ? AnyValue.ANY : constraint(inside.substring(colon + 1)));
    }

    private void checkName(String name) {
        if (!NAME.matcher(name).matches()) {
            fault(
                    "\"" + name + "\" is no name of a variable",
                    name.startsWith("*")
                            ? "Did you mean {" + name.replace("*", "") + "*}?"
                            : "A name has letters, digits, \"_\" and \"-\", and begins with a letter.");
        } else if (!names.add(name)) {
            valid = false;
            problems.add(Problem.of(
                            "duplicate-path-variable",
                            "Path template \"" + text + "\" has two variables \"" + name + "\".")
                    .at(place)
                    .cure("Give each of them a name of its own."));
        }
    }

    private Constraint constraint(String written) {
        if (WORD.matcher(written).matches()) {
            Optional<VariableType> type = VariableType.named(written);
            if (type.isEmpty()) {
                fault(
                        "there is no type \"" + written + "\" of variables",
                        Suggestion.nearest(written, VariableType.words())
                                .map(near -> "Did you mean \"" + near + "\"?")
                                .orElse("The types are " + String.join(", ", VariableType.words())
                                        + "; anything but letters is a regex."));
                return AnyValue.ANY;
            }
            return type.get();
        }
        try {
            if (!written.isEmpty()) {
                return regex(Pattern.compile(written));
            }
            fault("a \":\" without a type or regex after it", "Leave out the \":\", or write {name:int}.");
        } catch (PatternSyntaxException e) {
            fault(
                    "the regex \"" + written + "\" isn't valid",
                    e.getDescription() + (e.getIndex() < 0 ? "." : " at index " + e.getIndex() + " of the regex."));
        }
        return AnyValue.ANY;
    }

    private Constraint regex(Pattern pattern) {
        if (Backtracking.isCatastrophic(pattern.pattern())) {
            valid = false;
            problems.add(Problem.of(
                            "unsafe-regex",
                            "The regex \"" + pattern + "\" of path template \"" + text
                                    + "\" may take a time that doubles with each character of a path.")
                    .at(place)
                    .cure("Write it so that there is one way only to match a text: ([a-z]+)* is [a-z]*, and"
                            + " (\\w|\\d)+ is \\w+."));
        }
        return new RegexConstraint(pattern);
    }

    private String literal(int start, int end) {
        String literal = text.substring(start, end);
        if (ENCODED.matcher(literal).find()) {
            fault("\"" + literal + "\" is percent-encoded", "Write it as it reads: a space is a space.");
        } else if (literal.indexOf('?') >= 0 || literal.indexOf('#') >= 0) {
            fault("a path has no query and no fragment", "Take parameters of the query as parameters of the method.");
        } else if (literal.equals("*") || literal.equals("**")) {
            fault("\"" + literal + "\" is no wildcard here", "Write {name} for one segment, or {name*} for the rest.");
        }
        return literal;
    }

    private void fault(String what, String cure) {
        valid = false;
        problems.add(Problem.of("path-template", "Path template \"" + text + "\" isn't valid: " + what + ".")
                .at(place)
                .cure(cure));
    }
}
