package dev.bistro.startup;

import java.util.List;

/** An application did not start. The message is a report of all faults, numbered, each with its place and its cure. */
public final class StartupException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    /** All the faults of one start. */
    public StartupException(List<Problem> problems) {
        super(report(problems));
        this.problems = List.copyOf(problems);
    }

    /** The faults of a start, with the exception that the user's code threw. */
    public StartupException(List<Problem> problems, Throwable cause) {
        super(report(problems), cause);
        this.problems = List.copyOf(problems);
    }

    /** All the faults. */
    public List<Problem> problems() {
        return problems;
    }

    private static String report(List<Problem> problems) {
        var text = new StringBuilder("Bistro did not start: ")
                .append(problems.size())
                .append(problems.size() == 1 ? " problem." : " problems.");
        int number = 1;
        for (Problem problem : problems) {
            text.append("\n\n").append(number++).append(") ").append(problem);
        }
        return text.append('\n').toString();
    }
}
