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

/**
 * What the binding of one method knows while it is made: the route's verb, path and media types, and what its
 * parameters took.
 */
final class MethodPlan {
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
    private boolean takesLogin;
    private boolean asksForLogin;
    private boolean takesSession;
    private boolean streamsBody;
    private boolean ignoresUnused;

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

    /** Whether a request of that method may change its resource (RFC 9110, section 9.2.1). */
    boolean changesState() {
        return !verb.isSafe();
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

    /** Takes a variable of the path; returns the fault if the path doesn't have it. */
    Optional<Problem> takeVariable(String name, BindingPoint point) {
        if (!hasVariable(name)) {
            return Optional.of(unknownVariable(point, name));
        }
        taken.add(name);
        return Optional.empty();
    }

    /** Takes the whole request, and with it all that it has. */
    void takeRequest() {
        takesRequest = true;
    }

    boolean takesRequest() {
        return takesRequest;
    }

    /** Takes the login, or its principal, which a request has to have. */
    void takeLogin() {
        takesLogin = true;
    }

    boolean takesLogin() {
        return takesLogin;
    }

    /** Takes the login if there is one. */
    void askForLogin() {
        asksForLogin = true;
    }

    boolean asksForLogin() {
        return asksForLogin;
    }

    /** Takes the session; looking for it may have to wait, as that for a login may. */
    void takeSession() {
        takesSession = true;
        asksForLogin = true;
    }

    boolean takesSession() {
        return takesSession;
    }

    void inferQuery(String name) {
        inferredQueryNames.add(name);
    }

    /** A parameter has a fault, and what it was meant to take isn't known: reports nothing as unused. */
    void ignoreUnused() {
        ignoresUnused = true;
    }

    /** Takes the body; returns the parameter that took it before, if there is one. */
    Optional<BindingPoint> takeBody(BindingPoint point) {
        if (body == null) {
            body = point;
            return Optional.empty();
        }
        return Optional.of(body);
    }

    /**
     * Takes a part of the body as a form; returns the parameter that took the body as something else, if there is one.
     */
    Optional<BindingPoint> takeForm(BindingPoint point) {
        if (body == null) {
            body = point;
            isForm = true;
        }
        return isForm ? Optional.empty() : Optional.of(body);
    }

    /**
     * Takes files: only {@code multipart/form-data} has them, and as they may be large, the body is read as it arrives.
     */
    void takeFiles() {
        takesFiles = true;
        streamsBody = true;
    }

    /** The reader of the form; empty if the body isn't one. */
    Optional<FormReader> form(FormLimits limits) {
        if (!isForm) {
            return Optional.empty();
        }
        List<MediaType> usual = takesFiles ? List.of(MediaType.MULTIPART_FORM) : FormReader.MEDIA_TYPES;
        List<MediaType> written = consumes.stream().filter(FormRule::mayBeForm).toList();
        return Optional.of(new FormReader(limits, written.isEmpty() ? usual : written));
    }

    /** Says as which media types the body is read; none for any. */
    void readBody(List<MediaType> mediaTypes) {
        bodyTypes = mediaTypes;
    }

    /** The media types that the body may have: those of its reader, or else those of {@code @Consumes}. */
    List<MediaType> bodyTypes() {
        return bodyTypes.isEmpty() ? consumes : bodyTypes;
    }

    /** Whether a parameter takes the body, or may have been meant to. */
    boolean takesBody() {
        return body != null || takesRequest || ignoresUnused;
    }

    /** Has the body read as it arrives. */
    void streamBody() {
        streamsBody = true;
    }

    boolean streamsBody() {
        return streamsBody;
    }

    /** Whether the body is read as it arrives and as plain bytes, whatever its media type. */
    boolean streamsPlainBody() {
        return streamsBody && !isForm;
    }

    /** The variable that was probably meant doesn't count as unused, so that one mistake is one fault. */
    private Problem unknownVariable(BindingPoint point, String name) {
        Problem problem =
                point.problem("unknown-path-variable", "Path \"" + template + "\" has no variable \"" + name + "\".");
        Optional<String> meant = Suggestion.nearest(name, variables);
        meant.ifPresent(taken::add);
        return problem.cure(meant.map(variable -> "Did you mean @PathParam(\"" + variable + "\")?")
                .orElseGet(() -> variables.isEmpty()
                        ? "The path has no variables: write {" + name + "} where its value stands in the path."
                        : "Its variables: " + String.join(", ", variables) + "."));
    }

    /** The faults of path variables that no parameter takes. */
    List<Problem> unusedVariables() {
        if (takesRequest || ignoresUnused) {
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
