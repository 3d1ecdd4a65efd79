package dev.bistro.binding;

import dev.bistro.annotation.DefaultValue;
import dev.bistro.description.DescribedParameter;
import dev.bistro.startup.Place;
import dev.bistro.startup.Problem;
import dev.bistro.types.ResolvedMethod;
import dev.bistro.types.TypeNames;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Parameter;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is to be bound: a parameter of a method, or a component of a record.
 *
 * @param name its name; {@code arg0} and the like if the compiler didn't keep it
 * @param isNamed whether the compiler kept the name
 * @param places where it stands: a component first, then the parameter that takes the record
 */
record BindingPoint(String name, boolean isNamed, Type type, AnnotatedElement annotations, List<Place> places) {
    static BindingPoint of(ResolvedMethod.Taken taken) {
        Parameter parameter = taken.parameter();
        return new BindingPoint(
                parameter.getName(), parameter.isNamePresent(), taken.type(), parameter, List.of(Place.of(parameter)));
    }

    /** A component of the record that is bound here. */
    BindingPoint component(RecordComponent component) {
        var inner = new ArrayList<Place>();
        inner.add(Place.of(component));
        inner.addAll(places);
        return new BindingPoint(component.getName(), true, component.getGenericType(), component, inner);
    }

    /** The class that declares it; {@code Object} if there is none. */
    Class<?> owner() {
        if (annotations instanceof RecordComponent component) {
            return component.getDeclaringRecord();
        }
        return annotations instanceof Parameter parameter
                ? parameter.getDeclaringExecutable().getDeclaringClass()
                : Object.class;
    }

    boolean isComponent() {
        return annotations instanceof RecordComponent;
    }

    <A extends Annotation> Optional<A> annotation(Class<A> type) {
        return Optional.ofNullable(annotations.getAnnotation(type));
    }

    /** The text of its {@code @DefaultValue}. */
    Optional<String> defaultText() {
        return annotation(DefaultValue.class).map(DefaultValue::value);
    }

    /** What is taken here, for descriptions; from a source where values have no names, it has the parameter's. */
    DescribedParameter describe(DescribedParameter.Source source, boolean isRequired) {
        return DescribedParameter.of(source, name, type, isRequired, annotations);
    }

    /** A fault of this parameter; the caller adds the cure. */
    Problem problem(String id, String what) {
        return new Problem(id, what, places, List.of());
    }

    /** Its declaration: {@code List<Sku> skus}. */
    String declaration() {
        return TypeNames.of(type) + " " + name;
    }
}
