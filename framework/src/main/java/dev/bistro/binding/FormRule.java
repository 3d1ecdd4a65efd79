package dev.bistro.binding;

import dev.bistro.annotation.FormParam;
import dev.bistro.body.Form;
import dev.bistro.body.FormReader;
import dev.bistro.http.MediaType;
import dev.bistro.startup.Problem;
import dev.bistro.startup.Problems;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** {@link FormParam}: a field of a form, a file, a record of fields, or the form as a whole. The form is the body. */
final class FormRule implements SourceRule {
    private final ParameterNames names;
    private final ValueRule values;
    private final Conversions conversions;
    private final BeanRule records;
    private final Problems problems;

    /**
     * @param componentRule binds the components of records of fields
     */
    FormRule(
            ParameterNames names,
            ValueRule values,
            Conversions conversions,
            SourceRule componentRule,
            Problems problems) {
        this.names = names;
        this.values = values;
        this.conversions = conversions;
        this.records = new BeanRule("@FormParam", componentRule, values, problems);
        this.problems = problems;
    }

    /** Whether values of the type come from forms only: a {@link Form}, or files. */
    static boolean isOfForms(Type type) {
        return type == Form.class || UploadBinder.multiplicity(type).isPresent();
    }

    /** Whether {@code @Consumes} of the method lists forms and nothing else. */
    static boolean takesFormsOnly(MethodPlan plan) {
        return !plan.consumes().isEmpty() && plan.consumes().stream().allMatch(FormRule::isForm);
    }

    /** Whether {@code @Consumes} of the method lists forms, perhaps among others. */
    static boolean takesForms(MethodPlan plan) {
        return plan.consumes().stream().anyMatch(FormRule::isForm);
    }

    private static boolean isForm(MediaType consumed) {
        return !consumed.isRange() && FormReader.MEDIA_TYPES.stream().anyMatch(form -> form.includes(consumed));
    }

    @Override
    public ParameterBinder create(BindingPoint point, MethodPlan plan) {
        Optional<Problem> fault = takeForm(point, plan);
        if (fault.isPresent()) {
            return ParameterBinder.unbound(fault.get(), problems);
        }
        if (point.type() == Form.class) {
            plan.streamBody();
            values.rejectDefault(point, "a form is read as a whole.");
            return BodyBinder.ofForm(RequestForm::of, point);
        }
        Optional<String> annotated = ParameterSource.FORM.annotatedName(point);
        Optional<Function<Map<String, List<String>>, Object>> map = ParameterMap.of(point.type());
        if (map.isPresent() && annotated.isEmpty()) {
            values.rejectDefault(point, "a map is empty where the form has no fields.");
            return BodyBinder.ofForm(
                    request -> map.get().apply(RequestForm.of(request).fields()), point);
        }
        if (isRecordOfFields(point)) {
            return records.create(point, plan);
        }
        return annotated
                .or(() -> names.of(point, plan))
                .map(name -> field(name, point, plan))
                .orElse(ParameterBinder.UNBOUND);
    }

    private ParameterBinder field(String name, BindingPoint point, MethodPlan plan) {
        ValueSource source = ParameterSource.FORM.named(name);
        Optional<Multiplicity> files = UploadBinder.multiplicity(point.type());
        if (files.isEmpty()) {
            return values.create(source, point);
        }
        if (!plan.consumes().isEmpty()
                && plan.consumes().stream().noneMatch(type -> type.includes(MediaType.MULTIPART_FORM))) {
            return ParameterBinder.unbound(
                    ofAnotherType(point, plan, "a file of a multipart/form-data form"), problems);
        }
        plan.takeFiles();
        values.rejectDefault(point, "a file has none.");
        return new UploadBinder(source, files.get(), point);
    }

    /** Whether the type is a record to be filled from fields, and not from one text. */
    private boolean isRecordOfFields(BindingPoint point) {
        return point.type() instanceof Class<?> type
                && type.isRecord()
                && (Values.of(type, conversions).isEmpty() || isConvertedByItsConstructor(type));
    }

    /**
     * The only conversion of {@code record Login(String name)} is its own constructor, so it is a record of one field.
     */
    private boolean isConvertedByItsConstructor(Class<?> type) {
        return Values.of(type, conversions)
                .filter(values -> values.conversion().origin() == Conversion.Origin.CONSTRUCTOR)
                .isPresent();
    }

    private static Optional<Problem> takeForm(BindingPoint point, MethodPlan plan) {
        if (plan.bodyPolicy() == BodyPolicy.NEVER) {
            return Optional.of(BodyRule.withoutMeaning(point, plan));
        }
        if (!plan.consumes().isEmpty() && plan.consumes().stream().noneMatch(FormRule::mayBeForm)) {
            return Optional.of(ofAnotherType(point, plan, "read from a form"));
        }
        return plan.takeForm(point).map(other -> BodyRule.twoBodies(other, point));
    }

    private static Problem ofAnotherType(BindingPoint point, MethodPlan plan, String what) {
        String consumes = plan.consumes().stream().map(MediaType::toString).collect(Collectors.joining(" or "));
        return point.problem(
                        "form-of-another-type", "The parameter is " + what + ", but @Consumes takes " + consumes + ".")
                .cure("Take @Consumes off, or write @Consumes(\"multipart/form-data\")"
                        + (UploadBinder.multiplicity(point.type()).isPresent()
                                ? "."
                                : " or @Consumes(\"application/x-www-form-urlencoded\")."));
    }

    /** Whether a form may be of this media type or range. */
    static boolean mayBeForm(MediaType consumed) {
        return FormReader.MEDIA_TYPES.stream().anyMatch(consumed::includes);
    }
}
