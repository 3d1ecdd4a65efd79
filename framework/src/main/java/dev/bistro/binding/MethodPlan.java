package dev.bistro.binding;

import dev.bistro.body.FormLimits;
import dev.bistro.body.FormReader;
import dev.bistro.http.MediaType;
import dev.bistro.startup.Place;
import dev.bistro.startup.Problem;
import dev.bistro.startup.Suggestion;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The binding of one method in the making: what its route has to give, and what its parameters took of it so far. */
final class MethodPlan {
    private static final Set<dev.bistro.http.Method> SAFE = Set.of(
            dev.bistro.http.Method.GET,
            dev.bistro.http.Method.HEAD,
            dev.bistro.http.Method.OPTIONS,
            dev.bistro.http.Method.QUERY);

    private final Method method;
    private final dev.bistro.http.Method verb;
    private final String template;
    private final List<String> variables;
    private final List<MediaType> consumes;

    private final Set<String> taken = new HashSet<>();
    private final List<String> inferredQueryNames = new ArrayList<>();
    private BindingPoint body;
    private boolean isForm;
    private boolean takesFiles;
    private List<MediaType> bodyTypes = List.of();
    private boolean takesRequest;
    private boolean streamsBody;
    private boolean isBlurred;

    MethodPlan(
            Method method,
            dev.bistro.http.Method verb,
            String template,
            Collection<String> variables,
            List<MediaType> consumes) {
        this.method = method;
        this.verb = verb;
        this.template = template;
        this.variables = List.copyOf(variables);
        this.consumes = consumes;
    }

    dev.bistro.http.Method verb() {
        return verb;
    }

    /** Whether a request of that method may change what it is for (RFC 9110, section 9.2.1). */
    boolean changesState() {
        return !SAFE.contains(verb);
    }

    BodyPolicy bodyPolicy() {
        return BodyPolicy.of(verb);
    }

    List<MediaType> consumes() {
        return consumes;
    }

    boolean hasVariable(String name) {
        return variables.contains(name);
    }

    void takeVariable(String name) {
        taken.add(name);
    }

    /** The whole request is taken, and with it whatever it has. */
    void takeRequest() {
        takesRequest = true;
    }

    boolean takesRequest() {
        return takesRequest;
    }

    void inferQuery(String name) {
        inferredQueryNames.add(name);
    }

    /** A parameter can't be told apart for want of its name: what is unused can't be known. */
    void blur() {
        isBlurred = true;
    }

    /** Takes the body; the one who has it, if somebody else did before. */
    Optional<BindingPoint> takeBody(BindingPoint point) {
        if (body == null) {
            body = point;
            return Optional.empty();
        }
        return Optional.of(body);
    }

    /** Takes the body as a form, of which others may take their part too; the one who has it as something else, if somebody did before. */
    Optional<BindingPoint> takeForm(BindingPoint point) {
        if (body == null) {
            body = point;
            isForm = true;
        }
        return isForm ? Optional.empty() : Optional.of(body);
    }

    /** Files of the form are taken, which come in one media type only; and since they may be large, the body is read while it comes. */
    void takeFiles() {
        takesFiles = true;
        streamsBody = true;
    }

    /** How the form is read, if the body is one. */
    Optional<FormReader> form(FormLimits limits) {
        if (!isForm) {
            return Optional.empty();
        }
        List<MediaType> usual = takesFiles ? List.of(MediaType.MULTIPART_FORM) : FormReader.MEDIA_TYPES;
        List<MediaType> written = consumes.stream().filter(FormRule::mayBeForm).toList();
        return Optional.of(new FormReader(limits, written.isEmpty() ? usual : written));
    }

    /** The body is read as one of these media types; any, if there are none. */
    void readBody(List<MediaType> mediaTypes) {
        bodyTypes = mediaTypes;
    }

    /** What the body may be: what the reader said, or where nothing reads it as something, what {@code @Consumes} says. */
    List<MediaType> bodyTypes() {
        return bodyTypes.isEmpty() ? consumes : bodyTypes;
    }

    /** Whether anybody has a use for the body. */
    boolean takesBody() {
        return body != null || takesRequest || isBlurred;
    }

    /** The body is read while it comes. */
    void streamBody() {
        streamsBody = true;
    }

    boolean streamsBody() {
        return streamsBody;
    }

    /** Whether it is read while it comes, as bytes whose meaning nobody here has to know. */
    boolean streamsPlainBody() {
        return streamsBody && !isForm;
    }

    /** The fault of asking for a variable that the path doesn't have. What was meant by it doesn't count as unused then. */
    Problem unknownVariable(BindingPoint point, String name) {
        Problem problem =
                point.problem("unknown-path-variable", "Path \"" + template + "\" has no variable \"" + name + "\".");
        Optional<String> meant = Suggestion.nearest(name, variables);
        meant.ifPresent(this::takeVariable);
        return problem.cure(meant.map(variable -> "Did you mean @PathParam(\"" + variable + "\")?")
                .orElseGet(() -> variables.isEmpty()
                        ? "The path has no variables: write {" + name + "} where its value stands in the path."
                        : "Its variables: " + String.join(", ", variables) + "."));
    }

    /** The faults of variables that no parameter takes. */
    List<Problem> unusedVariables() {
        if (takesRequest || isBlurred) {
            return List.of();
        }
        return variables.stream()
                .filter(variable -> !taken.contains(variable))
                .map(this::unusedVariable)
                .toList();
    }

    private Problem unusedVariable(String variable) {
        Problem problem = Problem.of(
                        "unused-path-variable",
                        "No parameter takes variable \"" + variable + "\" of path \"" + template + "\".")
                .at(Place.of(method));
        return Suggestion.nearest(variable, inferredQueryNames)
                .map(name -> problem.cure("Parameter '" + name
                        + "' is read from the query string. Did you mean @PathParam(\"" + variable + "\")?"))
                .orElseGet(() -> problem.cure("Add a parameter: String " + variable
                        + ". Or take the whole Request, if the variable is looked up in there."));
    }
}
