package dev.bistro.binding;

/** Makes the binder of a parameter by the rules of one kind of source. */
@FunctionalInterface
interface SourceRule {
    /** The binder; {@link ParameterBinder#UNBOUND} if there is a fault, which has been reported. */
    ParameterBinder create(BindingPoint point, MethodPlan plan);
}
