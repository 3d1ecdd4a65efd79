package dev.bistro.binding;

/** Makes the binder of a parameter for one kind of source, by the rules of that source: one for each annotation. */
@FunctionalInterface
interface SourceRule {
    /** The binder; {@link ParameterBinder#UNBOUND} if there is a fault, which was reported. */
    ParameterBinder create(BindingPoint point, MethodPlan plan);
}
