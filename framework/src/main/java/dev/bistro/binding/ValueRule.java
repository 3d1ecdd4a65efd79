package dev.bistro.binding;

import dev.bistro.http.InvalidValue;
import dev.bistro.startup.Problem;
import dev.bistro.startup.Problems;
import dev.bistro.types.TypeNames;
import java.lang.reflect.Type;
import java.util.Optional;

/** What all sources of texts have in common: a type that texts convert to, and a default. */
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
            problems.add(nested(point).orElseGet(() -> unconvertible(point)));
            return ParameterBinder.UNBOUND;
        }
        return create(source, point, values.get());
    }

    private ParameterBinder create(ValueSource place, BindingPoint point, Values all) {
        ValueSource source = filled(place, point.type());
        Values values = all.with(conversion(all.conversion(), source, point));
        if (values.conversion().origin() == Conversion.Origin.ENUM) {
            checkLabels((Class<?>) HeldType.of(point.type()).element(), point);
        }
        if (!values.holding().hasUseForDefault()) {
            rejectDefault(point, TypeNames.of(point.type()) + " is empty where the request has no value.");
            return values.binder(source, Optional.empty());
        }
        try {
            return values.binder(source, point.defaultText().or(() -> unticked(source, point)));
        } catch (IllegalArgumentException unconvertible) {
            problems.add(badDefault(point, values.conversion()));
            return ParameterBinder.UNBOUND;
        }
    }

    /** What a conversion is for a parameter of this class from this source. */
    private static Conversion conversion(Conversion conversion, ValueSource source, BindingPoint point) {
        boolean isFilledInByBrowsers = source.in() == InvalidValue.In.FORM || source.in() == InvalidValue.In.QUERY;
        return isFilledInByBrowsers && conversion.equals(Conversions.BOOLEAN)
                ? TextConversions.CHECKBOX
                : conversion.askedForBy(point.owner());
    }

    /** A blank text is a value for a text alone; and a space is for a character. */
    private static ValueSource filled(ValueSource source, Type type) {
        Type element = HeldType.of(type).element();
        if (element == String.class || element == CharSequence.class) {
            return source;
        }
        boolean isCharacter = element == char.class || element == Character.class;
        return new FilledSource(source, isCharacter ? String::isEmpty : String::isBlank);
    }

    /** A checkbox that isn't ticked isn't sent. */
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

    /** Reports a default that would never be used, if there is one. */
    void rejectDefault(BindingPoint point, String why) {
        point.defaultText()
                .ifPresent(text -> problems.add(point.problem(
                                "useless-default",
                                "@DefaultValue(" + ShownText.quote(text) + ") would never be used: " + why)
                        .cure("Remove it.")));
    }

    private static Problem badDefault(BindingPoint point, Conversion conversion) {
        String text = ShownText.quote(point.defaultText().orElse(""));
        return point.problem("bad-default", "@DefaultValue(" + text + ") is not " + conversion.expected() + ".")
                .cure("Write it as a request would.");
    }

    /** The fault of a type that holds values within what holds values; empty if it is no such type. */
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
                .cure("Tried: " + Conversions.tried(HeldType.of(point.type()).element()) + ".")
                .cure(
                        type instanceof Class<?> c && c.isRecord()
                                ? "Write @BeanParam " + point.declaration()
                                        + " to fill the record from several values, or @Body to read it from the body."
                                : "Write a class that implements Converter<" + element
                                        + ">, or one of these methods, or take a String.");
    }
}
