package dev.bistro.binding;

import dev.bistro.startup.Problems;
import java.util.Optional;

/** The names of parameters, which are known only if the compiler was told to keep them. Reports once if it wasn't. */
final class ParameterNames {
    private final Problems problems;
    private boolean isReported;

    ParameterNames(Problems problems) {
        this.problems = problems;
    }

    /** The parameter's name in the code; empty if the compiler didn't keep it, which is a fault. */
    Optional<String> of(BindingPoint point, MethodPlan plan) {
        if (point.isNamed()) {
            return Optional.of(point.name());
        }
        plan.ignoreUnused();
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
