package dev.bistro.binding;

import dev.bistro.startup.Problem;
import dev.bistro.startup.Problems;
import dev.bistro.types.TypeNames;
import java.lang.reflect.Type;
import java.util.Optional;

/**
 * Infers the source of a parameter that has no annotation. A type that stands for a part of the request (or of a form)
 * is that part; a name of the path's template is that variable; a type that texts convert to is a parameter of the
 * query string; any other type is the body, if the method has one and a codec reads it.
 *
 * <p>A codec can read almost any class, so a class with a conversion of its own could be meant as either. A record with
 * a single String is taken as the body, since {@code record NewTask(String title)} has such a constructor anyway; for
 * other classes the user has to say it.
 */
final class InferenceRule implements SourceRule {
    private final ContextRule context;
    private final SourceRule path;
    private final SourceRule query;
    private final FormRule form;
    private final BodyRule body;
    private final Conversions conversions;
    private final Problems problems;

    InferenceRule(
            ContextRule context,
            SourceRule path,
            SourceRule query,
            FormRule form,
            BodyRule body,
            Conversions conversions,
            Problems problems) {
        this.context = context;
        this.path = path;
        this.query = query;
        this.form = form;
        this.body = body;
        this.conversions = conversions;
        this.problems = problems;
    }

    @Override
    public ParameterBinder create(BindingPoint point, MethodPlan plan) {
        if (FormRule.isOfForms(point.type())) {
            return form.create(point, plan);
        }
        return context.create(point, plan).orElseGet(() -> fromName(point, plan));
    }

    private ParameterBinder fromName(BindingPoint point, MethodPlan plan) {
        return point.isNamed() && plan.hasVariable(point.name()) ? path.create(point, plan) : fromType(point, plan);
    }

    private ParameterBinder fromType(BindingPoint point, MethodPlan plan) {
        Optional<Values> values = Values.of(point.type(), conversions);
        boolean isPlain =
                values.isPresent() && values.get().conversion().origin().isPlain();
        boolean isReadable = !isPlain && isReadable(point, plan);
        if (ParameterMap.of(point.type()).isPresent()) {
            return fromMap(isReadable, point, plan);
        }
        if (isReadable && (values.isEmpty() || isRecordOfOneString(values.get(), point.type()))) {
            return body.create(point, plan);
        }
        if (isReadable) {
            return ParameterBinder.unbound(ambiguous(point), problems);
        }
        if (values.isPresent()) {
            plan.inferQuery(point.name());
            return query.create(point, plan);
        }
        return ParameterBinder.unbound(ValueRule.nested(point).orElseGet(() -> unknown(point, plan)), problems);
    }

    private ParameterBinder fromMap(boolean isReadable, BindingPoint point, MethodPlan plan) {
        if (isReadable && FormRule.takesFormsOnly(plan)) {
            return body.create(point, plan);
        }
        if (isReadable) {
            return ParameterBinder.unbound(ambiguous(point), problems);
        }
        return query.create(point, plan);
    }

    private boolean isReadable(BindingPoint point, MethodPlan plan) {
        return !point.isComponent() && plan.bodyPolicy() == BodyPolicy.INFERRED && body.reads(point, plan);
    }

    private static boolean isRecordOfOneString(Values values, Type type) {
        return values.conversion().origin() == Conversion.Origin.CONSTRUCTOR
                && HeldType.of(type).element() instanceof Class<?> c
                && c.isRecord();
    }

    private static Problem ambiguous(BindingPoint point) {
        return point.problem(
                        "ambiguous-source",
                        TypeNames.of(point.type()) + " can be read from the body, and from the query string.")
                .cure("Write @Body " + point.declaration() + ", or @QueryParam " + point.declaration() + ".");
    }

    private static Problem unknown(BindingPoint point, MethodPlan plan) {
        Type element = HeldType.of(point.type()).element();
        if (FormRule.takesForms(plan) && element instanceof Class<?> c && c.isRecord()) {
            return BodyRule.unreadable(point, plan);
        }
        Problem problem = point.problem(
                        "unknown-source", "Nothing says where " + TypeNames.of(point.type()) + " comes from.")
                .cure("Tried: a path variable of its name (none), " + Conversions.tried(element) + ", "
                        + triedBody(point, plan) + ".");
        return element instanceof Class<?> c && c.isRecord()
                ? problem.cure("Write @BeanParam " + point.declaration()
                        + " to fill the record from the path, the query string and headers.")
                : problem.cure(
                        "Write a class that implements Converter<" + TypeNames.of(element) + ">, or take a String.");
    }

    private static String triedBody(BindingPoint point, MethodPlan plan) {
        if (point.isComponent()) {
            return "the body (only for a method's own parameters)";
        }
        return switch (plan.bodyPolicy()) {
            case NEVER -> "the body (" + plan.verb() + " has none)";
            case WRITTEN -> "the body (" + plan.verb() + " has one only with @Body)";
            case INFERRED -> "the body (no codec reads it as this type)";
        };
    }
}
