package dev.bistro.binding;

import dev.bistro.annotation.BeanParam;
import dev.bistro.annotation.Body;
import dev.bistro.startup.Problem;
import dev.bistro.startup.Problems;
import dev.bistro.types.CanonicalConstructor;
import dev.bistro.types.TypeNames;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Parameter;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/**
 * {@link BeanParam}: a record, each of whose components is bound as a parameter would be. {@link FormRule} uses it,
 * too, with a rule of its own for components.
 */
final class BeanRule implements SourceRule {
    private static final MethodType SHAPE = MethodType.methodType(Object.class, Object[].class);

    private final String annotation;
    private final SourceRule componentRule;
    private final ValueRule values;
    private final Problems problems;
    private final Deque<Type> enclosing = new ArrayDeque<>();

    /**
     * @param annotation the annotation's name, for messages
     * @param componentRule binds a component
     */
    BeanRule(String annotation, SourceRule componentRule, ValueRule values, Problems problems) {
        this.annotation = annotation;
        this.componentRule = componentRule;
        this.values = values;
        this.problems = problems;
    }

    @Override
    public ParameterBinder create(BindingPoint point, MethodPlan plan) {
        String name = TypeNames.of(point.type());
        values.rejectDefault(point, "a record's components have their own.");
        if (!(point.type() instanceof Class<?> type) || !type.isRecord()) {
            return unbound(point.problem("not-a-record", annotation + " fills records, and " + name + " is none.")
                    .cure("Make it a record without type parameters: record " + name + "(int limit, int offset) {}"));
        }
        if (enclosing.contains(type)) {
            return unbound(
                    point.problem("endless-record", annotation + " " + name + " would contain itself without end.")
                            .cure("Remove the component, or read the whole from a body."));
        }
        enclosing.push(type);
        try {
            return create(type, point, plan);
        } finally {
            enclosing.pop();
        }
    }

    private ParameterBinder create(Class<?> type, BindingPoint point, MethodPlan plan) {
        RecordComponent[] components = type.getRecordComponents();
        Constructor<?> constructor = CanonicalConstructor.of(type);
        if (takesBody(constructor)) {
            return unbound(point.problem("body-in-record", "A component of " + TypeNames.of(type) + " is a @Body.")
                    .cure("Make the body a parameter of the method, beside the record."));
        }
        if (!constructor.trySetAccessible()) {
            return unbound(point.problem(
                            "closed-package",
                            "Bistro can't call the constructor of " + TypeNames.of(type)
                                    + ": its module doesn't open the package.")
                    .cure("Add to module-info.java: opens " + type.getPackageName() + " to dev.bistro;"));
        }
        var binders = new ParameterBinder[components.length];
        for (int i = 0; i < binders.length; i++) {
            binders[i] = componentRule.create(point.component(components[i]), plan);
        }
        List<String> names =
                Arrays.stream(components).map(RecordComponent::getName).toList();
        return new RecordBinder(names, binders, handle(constructor), type);
    }

    /**
     * {@code @Body} is an annotation of parameters: the compiler puts one on a component onto the constructor's
     * parameter.
     */
    private static boolean takesBody(Constructor<?> constructor) {
        for (Parameter parameter : constructor.getParameters()) {
            if (parameter.isAnnotationPresent(Body.class)) {
                return true;
            }
        }
        return false;
    }

    private static MethodHandle handle(Constructor<?> constructor) {
        try {
            return MethodHandles.lookup()
                    .unreflectConstructor(constructor)
                    .asSpreader(Object[].class, constructor.getParameterCount())
                    .asType(SHAPE);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("The constructor was made accessible and still isn't: " + constructor, e);
        }
    }

    private ParameterBinder unbound(Problem problem) {
        return ParameterBinder.unbound(problem, problems);
    }
}
