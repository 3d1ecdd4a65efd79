package dev.bistro.binding;

import dev.bistro.annotation.Consumes;
import dev.bistro.body.BodyReaders;
import dev.bistro.body.FormLimits;
import dev.bistro.http.MediaType;
import dev.bistro.startup.Place;
import dev.bistro.startup.Problem;
import dev.bistro.startup.Problems;
import dev.bistro.startup.Suggestion;
import dev.bistro.types.ResolvedMethod;
import dev.bistro.types.ResolvedMethod.Taken;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Makes the binders of methods at startup. */
public final class BinderFactory {
    private static final List<String> COMMON_TYPES = List.of(
            "application/json",
            "application/x-www-form-urlencoded",
            "multipart/form-data",
            "text/plain",
            "application/xml",
            "application/octet-stream");

    private final ParameterRule parameterRule;
    private final FormLimits formLimits;
    private final Problems problems;
    private boolean hasSessions;

    /**
     * @param bodies read the bodies that aren't forms
     * @param converters of the user's, which are preferred to Bistro's own
     * @param asksForCertificates whether the server asks clients for certificates, so that parameters can take them
     * @param problems where faults go
     */
    public BinderFactory(
            BodyReaders bodies,
            Converters converters,
            FormLimits formLimits,
            boolean asksForCertificates,
            Problems problems) {
        this(bodies, converters, formLimits, asksForCertificates, Map.of(), problems);
    }

    /**
     * The same, where parameters of further types are bound to what doesn't come from the request.
     *
     * @param given gives it, by its type
     */
    public BinderFactory(
            BodyReaders bodies,
            Converters converters,
            FormLimits formLimits,
            boolean asksForCertificates,
            Map<Class<?>, Supplier<?>> given,
            Problems problems) {
        this.parameterRule =
                new ParameterRule(bodies, new Conversions(converters), asksForCertificates, given, problems);
        this.formLimits = formLimits;
        this.problems = problems;
    }

    /**
     * Makes the binder of a method: {@code create(find, Method.GET, "/items/{id}", List.of("id"))} for
     * {@code find(long id, int limit)} takes the id from the path and the limit from the query string. If faults were
     * added to the problems, the binder can't be used.
     *
     * @param verb the request method that the method answers
     * @param template the path's template, for messages
     * @param variables the names of the template's variables
     */
    public MethodBinder create(
            ResolvedMethod method, dev.bistro.http.Method verb, String template, Collection<String> variables) {
        int faults = problems.found().size();
        var plan = new MethodPlan(method.method(), verb, template, variables, consumes(method));
        List<ResolvedMethod.Taken> parameters = method.parameters();
        var binders = new ParameterBinder[parameters.size()];
        for (int i = 0; i < binders.length; i++) {
            binders[i] = parameterRule.create(BindingPoint.of(parameters.get(i)), plan);
        }
        hasSessions |= plan.takesSession();
        plan.unusedVariables().forEach(problems::add);
        boolean sound = problems.found().size() == faults;
        if (sound && method.method().isAnnotationPresent(Consumes.class) && !plan.takesBody()) {
            problems.add(uselessConsumes(method.method()));
        }
        return new MethodBinder(binders, plan, formLimits);
    }

    private static Problem uselessConsumes(Method method) {
        return Problem.of("useless-consumes", "@Consumes says nothing here: no parameter is read from the body.")
                .at(Place.of(method))
                .cure("Remove it; or take a parameter from the body: a record, an InputStream, or the whole Request.");
    }

    /**
     * Makes the binder of a WebSocket method. Arguments that don't come from the request are null in what it binds, and
     * the method needn't take every variable of the path.
     *
     * @param elsewhere whether a parameter's argument comes from elsewhere
     */
    public MethodBinder create(
            ResolvedMethod method, String template, Collection<String> variables, Predicate<Taken> elsewhere) {
        var plan = new MethodPlan(method.method(), dev.bistro.http.Method.GET, template, variables, List.of());
        ParameterBinder[] binders = method.parameters().stream()
                .map(parameter -> elsewhere.test(parameter)
                        ? ParameterBinder.ELSEWHERE
                        : parameterRule.create(BindingPoint.of(parameter), plan))
                .toArray(ParameterBinder[]::new);
        hasSessions |= plan.takesSession();
        return new MethodBinder(binders, plan, formLimits);
    }

    /** Whether a parameter of one of the methods so far is the session. */
    public boolean hasSessions() {
        return hasSessions;
    }

    /**
     * Whether a parameter surely comes from the request: it has an annotation, a type such as {@code Request}, or the
     * name of a path variable.
     */
    public boolean isFromRequest(Taken parameter, Collection<String> variables) {
        return parameterRule.isKnown(BindingPoint.of(parameter), variables);
    }

    private List<MediaType> consumes(ResolvedMethod method) {
        var mediaTypes = new ArrayList<MediaType>();
        for (String written :
                method.annotation(Consumes.class).map(Consumes::value).orElse(new String[0])) {
            try {
                mediaTypes.add(MediaType.parse(written));
            } catch (IllegalArgumentException e) {
                problems.add(Problem.of("bad-media-type", "@Consumes(\"" + written + "\") is not a media type.")
                        .at(Place.of(method.method()))
                        .cure(Suggestion.nearest(written, COMMON_TYPES)
                                .map(near -> "Did you mean @Consumes(\"" + near + "\")?")
                                .orElse("Write one such as application/json or text/*.")));
            }
        }
        return mediaTypes;
    }
}
