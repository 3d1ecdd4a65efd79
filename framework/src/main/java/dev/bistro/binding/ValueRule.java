package dev.bistro.binding;

import dev.bistro.http.InvalidValue;
import dev.bistro.startup.Problem;
import dev.bistro.startup.Problems;
import dev.bistro.types.TypeNames;
import java.lang.reflect.Type;
import java.util.Optional;

/** What all sources of texts have in common: the conversion to the parameter's type, and the default. */
final class ValueRule {
    private final Conversions conversions;
    private final Problems problems;

    ValueRule(Conversions conversions, Problems problems) {
        this.conversions = conversions;
        this.problems = problems;
    }

    /** Binds the parameter's type from the source. */
    ParameterBinder create(ValueSource source, BindingPoint point) {
        Optional<Values> values = Values.of(point.type(), conversions);
        if (values.isEmpty()) {
            return ParameterBinder.unbound(nested(point).orElseGet(() -> unconvertible(point)), problems);
        }
        return create(source, point, values.get());
    }

    private ParameterBinder create(ValueSource place, BindingPoint point, Values all) {
        ValueSource source = filled(place, point.type());
        Values values = all.with(conversion(all.conversion(), source, point));
        if (values.conversion().origin() == Conversion.Origin.ENUM) {
            checkLabels((Class<?>) HeldType.of(point.type()).element(), point);
        }
        if (!values.multiplicity().hasUseForDefault()) {
            rejectDefault(point, TypeNames.of(point.type()) + " is empty where the request has no value.");
            return values.binder(source, Optional.empty(), point);
        }
        try {
            return values.binder(source, point.defaultText().or(() -> unticked(source, point)), point);
        } catch (IllegalArgumentException unconvertible) {
            return ParameterBinder.unbound(badDefault(point, values.conversion()), problems);
        }
    }

    /** Browsers send checkboxes in forms and query strings; see {@link Conversion#forParameterOf} for the rest. */
    private static Conversion conversion(Conversion conversion, ValueSource source, BindingPoint point) {
        boolean isFilledInByBrowsers = source.in() == InvalidValue.In.FORM || source.in() == InvalidValue.In.QUERY;
        return isFilledInByBrowsers && conversion.equals(Conversions.BOOLEAN)
                ? TextConversions.CHECKBOX
                : conversion.forParameterOf(point.owner());
    }

    /** A blank text is a value for texts only; for a character, a space is one. */
    private static ValueSource filled(ValueSource source, Type type) {
        Type element = HeldType.of(type).element();
        if (element == String.class || element == CharSequence.class) {
            return source;
        }
        boolean isCharacter = element == char.class || element == Character.class;
        return source.without(isCharacter ? String::isEmpty : String::isBlank);
    }

    /** Browsers don't send a checkbox that isn't ticked, so it is false by default. */
    private static Optional<String> unticked(ValueSource source, BindingPoint point) {
        return source.in() == InvalidValue.In.FORM && point.type() == boolean.class
                ? Optional.of("false")
                : Optional.empty();
    }

    private void checkLabels(Class<?> type, BindingPoint point) {
        EnumConversion.sharedLabel(type)
                .ifPresent(label -> problems.add(point.problem(
                                "shared-label",
                                "Two constants of " + TypeNames.of(type) + " are called " + ShownText.quote(label)
                                        + ".")
                        .cure("Give one of them another @Label.")));
    }

    /** Reports the parameter's default as one that would never be used, if it has one. */
    void rejectDefault(BindingPoint point, String why) {
        uselessDefault(point, why).ifPresent(problems::add);
    }

    /** The fault of a default that would never be used; empty if the parameter has none. */
    static Optional<Problem> uselessDefault(BindingPoint point, String why) {
        return point.defaultText()
                .map(text -> point.problem(
                                "useless-default",
                                "@DefaultValue(" + ShownText.quote(text) + ") would never be used: " + why)
                        .cure("Remove it."));
    }

    private static Problem badDefault(BindingPoint point, Conversion conversion) {
        String text = ShownText.quote(point.defaultText().orElse(""));
        return point.problem("bad-default", "@DefaultValue(" + text + ") is not " + conversion.expected() + ".")
                .cure("Write it as a request would.");
    }

    /** The fault of a type such as {@code Optional<List<String>>}; empty for other types. */
    static Optional<Problem> nested(BindingPoint point) {
        return HeldType.simpler(point.type())
                .map(simpler -> point.problem(
                                "nested-values",
                                TypeNames.of(point.type()) + " holds values within values, which no request has.")
                        .cure("Take " + simpler + ": it is empty where the request has no value."));
    }

    private static Problem unconvertible(BindingPoint point) {
        Type type = HeldType.of(point.type()).element();
        String element = TypeNames.of(type);
        return point.problem("unconvertible-type", "Nothing converts a text to " + element + ".")
                .cure("Tried: " + Conversions.tried(type) + ".")
                .cure(
                        type instanceof Class<?> c && c.isRecord()
                                ? "Write @BeanParam " + point.declaration()
                                        + " to fill the record from several values, or @Body to read it from the body."
                                : "Write a class that implements Converter<" + element
                                        + ">, or one of these methods, or take a String.");
    }
}
