package dev.bistro.binding;

import dev.bistro.annotation.Body;
import dev.bistro.annotation.Header;
import dev.bistro.body.BodyReaders;
import dev.bistro.body.Form;
import dev.bistro.body.RequestReader;
import dev.bistro.http.Request;
import dev.bistro.startup.Place;
import dev.bistro.startup.Problem;
import dev.bistro.startup.Problems;
import dev.bistro.types.OpenType;
import dev.bistro.types.TypeNames;
import java.io.InputStream;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * {@link Body}: the body, for one parameter of a method; read as a whole, or by an {@link InputStream} as it arrives.
 */
record BodyRule(BodyReaders bodies, FormRule form, ValueRule values, Problems problems) implements SourceRule {
    @Override
    public ParameterBinder create(BindingPoint point, MethodPlan plan) {
        if (plan.bodyPolicy() == BodyPolicy.NEVER) {
            return unbound(withoutMeaning(point, plan));
        }
        if (isForm(point, plan)) {
            return form.create(point, plan);
        }
        values.rejectDefault(point, "a body is read as a whole.");
        Optional<OpenType> open = OpenType.bare(point.type());
        if (open.isPresent()) {
            return unbound(point.problem("open-type", open.get().what())
                    .cure(open.get().cure()));
        }
        Optional<RequestReader> reader;
        try {
            reader = reader(point, plan);
        } catch (IllegalArgumentException badDefault) {
            return unbound(point.problem("bad-default", badDefault.getMessage())
                    .cure("Write texts, times and the like as they are, and all else as JSON has it."));
        }
        if (reader.isEmpty()) {
            return unbound(unreadable(point, plan));
        }
        Optional<RecordComponent> header = header(point);
        if (header.isPresent()) {
            return unbound(sentHeader(header.get(), point));
        }
        Optional<BindingPoint> other = plan.takeBody(point);
        if (other.isPresent()) {
            return unbound(twoBodies(other.get(), point));
        }
        if (isStream(point)) {
            plan.streamBody();
        }
        plan.readBody(reader.get().mediaTypes());
        return BodyBinder.of(reader.get(), point);
    }

    /** The fault of reading the body of requests that have none. */
    static Problem withoutMeaning(BindingPoint point, MethodPlan plan) {
        return point.problem("body-without-meaning", plan.verb() + " requests have no body to read.")
                .cure("Use @Post, @Put, @Patch or @Query, or take the values from the query string with @BeanParam.");
    }

    /** A component of a record that is sent as a header field, and so isn't part of the JSON. */
    private static Optional<RecordComponent> header(BindingPoint point) {
        return HeldType.of(point.type()).element() instanceof Class<?> type && type.isRecord()
                ? Arrays.stream(type.getRecordComponents())
                        .filter(component -> component.isAnnotationPresent(Header.class))
                        .findFirst()
                : Optional.empty();
    }

    private static Problem sentHeader(RecordComponent header, BindingPoint point) {
        return point.problem(
                        "header-of-an-answer",
                        "A @Header of " + TypeNames.of(point.type()) + " is sent with answers, and is in no body.")
                .at(Place.of(header))
                .cure("Take a record of its own for the body, or take @Header away.");
    }

    /** Whether the body is read as the parameter's type. */
    boolean reads(BindingPoint point, MethodPlan plan) {
        try {
            return isForm(point, plan) || reader(point, plan).isPresent();
        } catch (IllegalArgumentException badDefault) {
            return true; // reported by create()
        }
    }

    /** No codec reads a form: its fields are converted as parameters of the query string are. */
    private static boolean isForm(BindingPoint point, MethodPlan plan) {
        return point.type() == Form.class
                || FormRule.takesFormsOnly(plan)
                        && (point.type() instanceof Class<?> type && type.isRecord()
                                || ParameterMap.of(point.type()).isPresent());
    }

    private static boolean isStream(BindingPoint point) {
        return point.type() == InputStream.class;
    }

    /** How the body is read as the parameter's type; empty if no codec does. */
    Optional<RequestReader> reader(BindingPoint point, MethodPlan plan) {
        if (isStream(point)) {
            return Optional.of(Request::bodyStream);
        }
        return bodies.reader(point.type(), plan.consumes());
    }

    private ParameterBinder unbound(Problem problem) {
        return ParameterBinder.unbound(problem, problems);
    }

    /** The fault of a body that no codec reads as the parameter's type. */
    static Problem unreadable(BindingPoint point, MethodPlan plan) {
        String mediaTypes = plan.consumes().isEmpty()
                ? "any media type"
                : plan.consumes().stream().map(Object::toString).collect(Collectors.joining(" or "));
        return point.problem(
                        "unreadable-body", "No codec reads " + mediaTypes + " as " + TypeNames.of(point.type()) + ".")
                .cure(
                        FormRule.takesForms(plan)
                                ? "A form and another body are read by two methods, each with its @Consumes."
                                : "Take a record with the body's fields, or change @Consumes.");
    }

    /** The fault of two parameters that are read from the body. */
    static Problem twoBodies(BindingPoint first, BindingPoint second) {
        Problem problem = new Problem(
                "two-bodies",
                "Two parameters are read from the body, which can be read once.",
                first.places(),
                List.of());
        for (var place : second.places()) {
            problem = problem.at(place);
        }
        return problem.cure("Put both into one record; or say where one of them comes from: @QueryParam, @BeanParam.");
    }
}
