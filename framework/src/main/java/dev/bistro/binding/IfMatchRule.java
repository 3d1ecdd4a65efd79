package dev.bistro.binding;

import dev.bistro.annotation.IfMatch;
import dev.bistro.startup.Problems;
import java.util.Optional;

/** {@link IfMatch}: the version that the client has. */
record IfMatchRule(ValueRule values, Conversions conversions, Problems problems) implements SourceRule {
    @Override
    public ParameterBinder create(BindingPoint point, MethodPlan plan) {
        if (!plan.changesState()) {
            problems.add(point.problem(
                            "condition-without-change",
                            "@IfMatch guards a change, and a " + plan.verb() + " request makes none.")
                    .cure("Put @ETag on the version in the result: it answers conditional reads by itself."));
            return ParameterBinder.UNBOUND;
        }
        values.rejectDefault(point, "what a client doesn't have is no version.");
        return Values.of(point.type(), conversions)
                .map(IfMatchRule::binder)
                .orElseGet(() -> values.create(new HeaderSource("If-Match"), point));
    }

    private static ParameterBinder binder(Values versions) {
        var source = new IfMatchSource(versions.conversion());
        ParameterBinder binder = versions.binder(source, Optional.empty());
        Multiplicity holding = versions.holding();
        if (holding instanceof OptionalHolding optional) {
            return new IfMatchBinder(source, binder, Optional.of(optional.empty()), false);
        }
        return new IfMatchBinder(source, binder, Optional.empty(), holding instanceof ManyHolding);
    }
}
