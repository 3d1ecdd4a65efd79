package dev.bistro.binding;

import dev.bistro.annotation.BeanParam;
import dev.bistro.annotation.Body;
import dev.bistro.annotation.FormParam;
import dev.bistro.annotation.Header;
import dev.bistro.annotation.IfMatch;
import dev.bistro.annotation.PathParam;
import dev.bistro.annotation.QueryParam;
import dev.bistro.body.BodyReaders;
import dev.bistro.startup.Problems;
import java.lang.annotation.Annotation;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Binds any parameter: by the rule of its one source annotation, or without one by inference. A new annotation for
 * named texts is a row of {@link ParameterSource}; any other is a rule of its own and a row here.
 */
final class ParameterRule implements SourceRule {
    private final Map<Class<? extends Annotation>, SourceRule> byAnnotation = new HashMap<>();
    private final SourceRule inference;
    private final Problems problems;

    /** @param given gives what doesn't come from the request, by the types of parameters */
    ParameterRule(
            BodyReaders bodies,
            Conversions conversions,
            boolean asksForCertificates,
            Map<Class<?>, Supplier<?>> given,
            Problems problems) {
        var names = new ParameterNames(problems);
        var values = new ValueRule(conversions, problems);
        var form = new FormRule(names, values, conversions, this::createFormField, problems);
        var body = new BodyRule(bodies, form, values, problems);
        for (ParameterSource source : ParameterSource.values()) {
            byAnnotation.put(source.annotation(), new NamedRule(source, names, values, problems));
        }
        byAnnotation.put(FormParam.class, form);
        byAnnotation.put(IfMatch.class, new IfMatchRule(values, conversions, problems));
        byAnnotation.put(Body.class, body);
        byAnnotation.put(BeanParam.class, new BeanRule("@BeanParam", this, values, problems));
        this.inference = new InferenceRule(
                new ContextRule(values, asksForCertificates, given, problems),
                byAnnotation.get(PathParam.class),
                byAnnotation.get(QueryParam.class),
                form,
                body,
                conversions,
                problems);
        this.problems = problems;
    }

    /** A component of a record of form fields is a field, too, unless an annotation says otherwise. */
    private ParameterBinder createFormField(BindingPoint point, MethodPlan plan) {
        return create(point, plan, byAnnotation.get(FormParam.class));
    }

    @Override
    public ParameterBinder create(BindingPoint point, MethodPlan plan) {
        return create(point, plan, inference);
    }

    private ParameterBinder create(BindingPoint point, MethodPlan plan, SourceRule unannotated) {
        if (point.annotation(Header.class).isPresent()) {
            plan.ignoreUnused();
            return ParameterBinder.unbound(
                    point.problem("header-of-an-answer", "@Header sends a header; it doesn't read one.")
                            .cure("Did you mean @HeaderParam " + point.declaration() + "?"),
                    problems);
        }
        List<Class<? extends Annotation>> sources = Arrays.stream(
                        point.annotations().getAnnotations())
                .<Class<? extends Annotation>>map(Annotation::annotationType)
                .filter(byAnnotation::containsKey)
                .toList();
        return switch (sources.size()) {
            case 0 -> unannotated.create(point, plan);
            case 1 -> byAnnotation.get(sources.get(0)).create(point, plan);
            default -> twoSources(point, plan, sources);
        };
    }

    /**
     * Whether the source is known without inference: by an annotation, by a type that stands for a part of the request,
     * or by the name of a path variable.
     */
    boolean isKnown(BindingPoint point, Collection<String> variables) {
        return Arrays.stream(point.annotations().getAnnotations())
                        .anyMatch(annotation -> byAnnotation.containsKey(annotation.annotationType()))
                || ContextRule.knows(point.type())
                || point.isNamed() && variables.contains(point.name());
    }

    private ParameterBinder twoSources(BindingPoint point, MethodPlan plan, List<Class<? extends Annotation>> sources) {
        String written =
                sources.stream().map(type -> "@" + type.getSimpleName()).collect(Collectors.joining(" and "));
        plan.ignoreUnused();
        return ParameterBinder.unbound(
                point.problem("two-sources", "A parameter has one source, and this has " + written + ".")
                        .cure("Remove all but one of them."),
                problems);
    }
}
