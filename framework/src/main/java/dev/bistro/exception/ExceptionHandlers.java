package dev.bistro.exception;

import dev.bistro.annotation.ExceptionHandler;
import dev.bistro.description.DescribedResponse;
import dev.bistro.exception.ExceptionMethod.Argument;
import dev.bistro.handler.HandlerAudit;
import dev.bistro.handler.Invoker;
import dev.bistro.handler.OverrideAudit;
import dev.bistro.handler.Verbs;
import dev.bistro.http.Request;
import dev.bistro.result.Representation;
import dev.bistro.result.ResultWriterFactory;
import dev.bistro.startup.Place;
import dev.bistro.startup.Problem;
import dev.bistro.startup.Problems;
import dev.bistro.types.Hierarchy;
import dev.bistro.types.ResolvedMethod;
import dev.bistro.types.ResolvedMethod.Taken;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Finds {@code @ExceptionHandler} methods. Used at startup, in two steps: {@link #inspect} and {@link #inspectForAll}
 * before an object is made, then {@link #table}.
 */
public final class ExceptionHandlers {
    private final ResultWriterFactory writers;
    private final Problems problems;
    private final Map<Class<?>, Found> forAll = new LinkedHashMap<>();
    private final Set<Found> ofLibraries = new HashSet<>();
    private final Map<Class<?>, Map<Class<?>, Found>> byController = new HashMap<>();
    private ExceptionTable table;

    /** A method, with everything to call it but the object. */
    private record Found(ResolvedMethod method, List<Argument> parameters, Representation answer) {}

    public ExceptionHandlers(ResultWriterFactory writers, Problems problems) {
        this.writers = writers;
        this.problems = problems;
    }

    /**
     * Whether a class has such methods, or overrides one; {@code false} if it can't be used at all, since a class that
     * it needs is missing.
     */
    public static boolean areIn(Class<?> type) {
        try {
            Hierarchy hierarchy = Hierarchy.of(type);
            return hierarchy.methods().stream()
                    .anyMatch(method -> isExceptionHandler(method)
                            || hierarchy.overridden(method).stream().anyMatch(ExceptionHandlers::isExceptionHandler));
        } catch (LinkageError | TypeNotPresentException unusable) {
            return false; // reported where somebody needs it
        }
    }

    private static boolean isExceptionHandler(Method method) {
        return method.isAnnotationPresent(ExceptionHandler.class);
    }

    /** Finds those of a class that isn't a controller: they answer for all controllers. */
    public void inspectForAll(Class<?> owner) {
        new OverrideAudit(problems).check(ResolvedMethod.allOf(owner));
        inspect(owner, forAll);
    }

    /**
     * The same for a class that a library brings, after all of the application: for the same exception, the
     * application's own methods answer.
     */
    public void inspectOfLibrary(Class<?> owner) {
        new OverrideAudit(problems).check(ResolvedMethod.allOf(owner));
        var found = new LinkedHashMap<Class<?>, Found>();
        inspect(owner, found);
        found.forEach((type, one) -> {
            Found other = forAll.putIfAbsent(type, one);
            if (other == null) {
                ofLibraries.add(one);
            } else if (ofLibraries.contains(other)) {
                problems.add(twoMethods(type, other, one));
            }
        });
    }

    /** Finds those of a controller: they answer for this controller only. */
    public void inspect(Class<?> controller) {
        inspect(controller, byController.computeIfAbsent(controller, key -> new LinkedHashMap<>()));
    }

    private void inspect(Class<?> owner, Map<Class<?>, Found> scope) {
        for (ResolvedMethod method : ResolvedMethod.allOf(owner)) {
            if (isExceptionHandler(method.method()) && isUsable(method)) {
                inspect(method, scope);
            }
        }
    }

    private void inspect(ResolvedMethod method, Map<Class<?>, Found> scope) {
        Optional<List<Argument>> parameters = parameters(method);
        Optional<Representation> answer = writers.answer(method);
        List<Class<?>> types = types(method);
        if (parameters.isEmpty() || answer.isEmpty() || !saysStatus(method)) {
            return;
        }
        var found = new Found(method, parameters.get(), answer.get());
        for (Class<?> type : types) {
            Found other = scope.putIfAbsent(type, found);
            if (other != null) {
                problems.add(twoMethods(type, other, found));
            }
        }
    }

    private static Problem twoMethods(Class<?> exception, Found one, Found other) {
        return Problem.of("two-exception-handlers", "Two methods answer for " + Place.name(exception) + ".")
                .at(Place.of(one.method.method()))
                .at(Place.of(other.method.method()))
                .cure("Remove one of them, or let it take a type below or above.");
    }

    private boolean isUsable(ResolvedMethod method) {
        String what = "A method that answers for exceptions";
        return HandlerAudit.isCallable(method.method(), what, "the object", problems)
                && !answersRequests(method.method())
                && HandlerAudit.isKnown(method, problems);
    }

    private boolean answersRequests(Method method) {
        boolean does = !Verbs.of(method).isEmpty();
        if (does) {
            problems.add(Problem.of("two-roles", "A method answers requests and exceptions.")
                    .at(Place.of(method))
                    .cure("Make two methods of it: one with the verb, one with @ExceptionHandler."));
        }
        return does;
    }

    private Optional<List<Argument>> parameters(ResolvedMethod method) {
        var arguments = new ArrayList<Argument>();
        for (Taken parameter : method.parameters()) {
            boolean isException = isException(parameter);
            Argument argument = isException ? Argument.EXCEPTION : Argument.REQUEST;
            if (!isException && parameter.type() != Request.class || arguments.contains(argument)) {
                problems.add(Problem.of(
                                "exception-handler-parameter",
                                "A method that answers for exceptions takes the exception and the Request, once each.")
                        .at(Place.of(parameter.parameter()))
                        .cure("Remove it; what else there is to know is in the Request."));
                return Optional.empty();
            }
            arguments.add(argument);
        }
        return Optional.of(arguments);
    }

    private static boolean isException(Taken parameter) {
        return Throwable.class.isAssignableFrom(parameter.raw());
    }

    /** The exceptions that it answers for; those that have a fault are problems, and left out. */
    private List<Class<?>> types(ResolvedMethod method) {
        List<Class<?>> written =
                List.of(method.method().getAnnotation(ExceptionHandler.class).value());
        Optional<Taken> taken = method.parameters().stream()
                .filter(ExceptionHandlers::isException)
                .findFirst();
        if (written.isEmpty() && taken.isEmpty()) {
            problems.add(
                    Problem.of("exception-handler-without-type", "Nothing says for which exceptions a method answers.")
                            .at(Place.of(method.method()))
                            .cure("Give it a parameter of the exception's type, or name it:"
                                    + " @ExceptionHandler(IOException.class)."));
        }
        if (written.isEmpty()) {
            return taken.<List<Class<?>>>map(parameter -> List.of(parameter.raw()))
                    .orElse(List.of());
        }
        return written.stream().filter(type -> fits(type, taken)).toList();
    }

    private boolean fits(Class<?> type, Optional<Taken> taken) {
        boolean fits = taken.isEmpty() || taken.get().raw().isAssignableFrom(type);
        if (!fits) {
            String takes = Place.name(taken.get().raw());
            problems.add(Problem.of(
                            "exception-handler-mismatch",
                            "@ExceptionHandler names " + Place.name(type) + ", which is no " + takes + ".")
                    .at(Place.of(taken.get().parameter()))
                    .cure("Take a type that is above all that it names, such as Exception."));
        }
        return fits;
    }

    private boolean saysStatus(ResolvedMethod method) {
        boolean says = writers.saysStatus(method);
        if (!says) {
            problems.add(Problem.of(
                            "exception-handler-without-status",
                            "Nothing says the status of an answer to an exception, which would be a success.")
                    .at(Place.of(method.method()))
                    .cure("Write @Status(409) or what it is; or return a Response, a ProblemDetail, or a record"
                            + " with @Status."));
        }
        return says;
    }

    /** What the methods of a controller, and those for all, answer to exceptions. */
    public List<DescribedResponse> describe(Class<?> controller) {
        return Stream.of(byController.getOrDefault(controller, Map.of()), forAll)
                .flatMap(methods -> methods.values().stream())
                .flatMap(found -> found.answer.described().responses().stream())
                .distinct()
                .toList();
    }

    /** The methods of a controller, with those for all. */
    public ExceptionTable table(Class<?> controller, Function<Class<?>, Object> objects) {
        Map<Class<?>, Found> own = byController.getOrDefault(controller, Map.of());
        return own.isEmpty() ? table(objects) : table(objects).with(methods(own, objects));
    }

    /** The methods that answer for all controllers. */
    public ExceptionTable table(Function<Class<?>, Object> objects) {
        if (table == null) {
            table = ExceptionTable.of(methods(forAll, objects));
        }
        return table;
    }

    private static Map<Class<?>, ExceptionMethod> methods(
            Map<Class<?>, Found> found, Function<Class<?>, Object> objects) {
        var methods = new HashMap<Class<?>, ExceptionMethod>();
        found.forEach((type, one) -> {
            Invoker invoker = Invoker.of(objects.apply(one.method.hierarchy().type()), one.method.method());
            methods.put(type, new ExceptionMethod(invoker, one.parameters, one.answer.writer()));
        });
        return methods;
    }
}
