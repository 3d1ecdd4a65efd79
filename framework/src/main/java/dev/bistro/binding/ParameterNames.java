package dev.bistro.binding;

import dev.bistro.startup.Problems;
import java.util.Optional;

/** The names of parameters, which the compiler keeps only if it is told to. That it wasn't is reported once, for all of them. */
final class ParameterNames {
    private final Problems problems;
    private boolean isReported;

    ParameterNames(Problems problems) {
        this.problems = problems;
    }

    /** The name that is written in the annotation; if that is empty, the parameter's own. Empty if there is none, which is a fault. */
    Optional<String> of(BindingPoint point, String written, MethodPlan plan) {
        if (!written.isEmpty()) {
            return Optional.of(written);
        }
        if (point.isNamed()) {
            return Optional.of(point.name());
        }
        plan.blur();
        report(point);
        return Optional.empty();
    }

    private void report(BindingPoint point) {
        if (!isReported) {
            isReported = true;
            problems.add(point.problem(
                            "no-parameter-names",
                            "The names of parameters are missing: this code was compiled without -parameters."
                                    + " (Only the first place is shown.)")
                    .cure("Add this to the <properties> of pom.xml, and run mvn clean compile:")
                    .cure("   <maven.compiler.parameters>true</maven.compiler.parameters>")
                    .cure("Or write each name: @QueryParam(\"name\"), @PathParam(\"name\")."));
        }
    }
}
