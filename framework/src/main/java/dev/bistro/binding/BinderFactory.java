package dev.bistro.binding;

import dev.bistro.annotation.Consumes;
import dev.bistro.body.BodyReaders;
import dev.bistro.body.FormLimits;
import dev.bistro.http.MediaType;
import dev.bistro.startup.Place;
import dev.bistro.startup.Problem;
import dev.bistro.startup.Problems;
import dev.bistro.startup.Suggestion;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;

/** Makes the binders of methods, at startup. */
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

    /** Binds bodies with these readers, and texts with these converters and Bistro's own; faults go to the problems. */
    public BinderFactory(BodyReaders bodies, Converters converters, Problems problems) {
        this(bodies, converters, FormLimits.DEFAULTS, problems);
    }

    /** As the other, with limits of one's own for forms. */
    public BinderFactory(BodyReaders bodies, Converters converters, FormLimits formLimits, Problems problems) {
        this.parameterRule = new ParameterRule(bodies, new Conversions(converters), problems);
        this.formLimits = formLimits;
        this.problems = problems;
    }

    /**
     * Makes the binder of a method: {@code create(find, Method.GET, "/items/{id}", List.of("id"))} for {@code find(long id, int limit)} takes the id from the path and the
     * limit from the query string. If the method has faults they are in the problems, and the binder is not for use.
     *
     * @param verb the request method that it answers
     * @param template the path's template, for messages
     * @param variables the names of the template's variables
     */
    public MethodBinder create(
            Method method, dev.bistro.http.Method verb, String template, Collection<String> variables) {
        int faults = problems.found().size();
        var plan = new MethodPlan(method, verb, template, variables, consumes(method));
        Parameter[] parameters = method.getParameters();
        var binders = new ParameterBinder[parameters.length];
        for (int i = 0; i < binders.length; i++) {
            binders[i] = parameterRule.create(BindingPoint.of(parameters[i]), plan);
        }
        plan.unusedVariables().forEach(problems::add);
        boolean sound = problems.found().size() == faults;
        if (sound && method.isAnnotationPresent(Consumes.class) && !plan.takesBody()) {
            problems.add(uselessConsumes(method));
        }
        return new MethodBinder(binders, plan, formLimits);
    }

    private static Problem uselessConsumes(Method method) {
        return Problem.of("useless-consumes", "@Consumes says nothing here: no parameter is read from the body.")
                .at(Place.of(method))
                .cure("Remove it; or take a parameter from the body: a record, an InputStream, or the whole Request.");
    }

    /**
     * Makes the binder of a method of which some arguments don't come from the request: they are null in what it binds. Such a method needn't take
     * each variable of the path.
     *
     * @param elsewhere whether a parameter is one of those
     */
    public MethodBinder create(
            Method method, String template, Collection<String> variables, Predicate<Parameter> elsewhere) {
        var plan = new MethodPlan(method, dev.bistro.http.Method.GET, template, variables, List.of());
        Parameter[] parameters = method.getParameters();
        var binders = new ParameterBinder[parameters.length];
        for (int i = 0; i < binders.length; i++) {
            binders[i] = elsewhere.test(parameters[i])
                    ? ParameterBinder.ELSEWHERE
                    : parameterRule.create(BindingPoint.of(parameters[i]), plan);
        }
        return new MethodBinder(binders, plan, formLimits);
    }

    /** Whether it is said of a parameter that it comes from a request: by an annotation, by its type ({@code Request}), or by a name that the path has. */
    public boolean isFromRequest(Parameter parameter, Collection<String> variables) {
        return parameterRule.isKnown(BindingPoint.of(parameter), variables);
    }

    private List<MediaType> consumes(Method method) {
        Consumes consumes = method.getAnnotation(Consumes.class);
        if (consumes == null) {
            consumes = method.getDeclaringClass().getAnnotation(Consumes.class);
        }
        var mediaTypes = new ArrayList<MediaType>();
        for (String written : consumes == null ? new String[0] : consumes.value()) {
            try {
                mediaTypes.add(MediaType.parse(written));
            } catch (IllegalArgumentException e) {
                problems.add(Problem.of("bad-media-type", "@Consumes(\"" + written + "\") is not a media type.")
                        .at(Place.of(method))
                        .cure(Suggestion.nearest(written, COMMON_TYPES)
                                .map(near -> "Did you mean @Consumes(\"" + near + "\")?")
                                .orElse("Write one such as application/json or text/*.")));
            }
        }
        return mediaTypes;
    }
}
