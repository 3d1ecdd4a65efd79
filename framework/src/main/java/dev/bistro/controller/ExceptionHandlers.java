package dev.bistro.controller;

import dev.bistro.annotation.ExceptionHandler;
import dev.bistro.controller.ExceptionMethod.Argument;
import dev.bistro.http.Request;
import dev.bistro.result.ResultWriter;
import dev.bistro.result.ResultWriterFactory;
import dev.bistro.startup.Place;
import dev.bistro.startup.Problem;
import dev.bistro.startup.Problems;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Finds the methods that answer where an exception was thrown. Used at startup, in two steps as {@link EndpointFactory}: {@link #inspect} and {@link #inspectForAll}
 * before an object is made, then {@link #table}.
 */
final class ExceptionHandlers {
    private final ResultWriterFactory writers;
    private final Problems problems;
    private final Map<Class<?>, Found> forAll = new LinkedHashMap<>();
    private final Map<Class<?>, Map<Class<?>, Found>> byController = new HashMap<>();
    private ExceptionTable table;

    /** A method and what it takes to call it, but for the object. */
    private record Found(Class<?> owner, Method method, List<Argument> parameters, ResultWriter writer) {}

    ExceptionHandlers(ResultWriterFactory writers, Problems problems) {
        this.writers = writers;
        this.problems = problems;
    }

    /** Whether a class has such methods; not if it can't be used at all, for want of a class that it is made with. */
    static boolean areIn(Class<?> type) {
        try {
            return EndpointFactory.methods(type).stream().anyMatch(ExceptionHandlers::isOne);
        } catch (LinkageError unusable) {
            return false; // which is told where somebody needs it
        }
    }

    private static boolean isOne(Method method) {
        return method.isAnnotationPresent(ExceptionHandler.class);
    }

    /** Finds those of a class that answer for all controllers. */
    void inspectForAll(Class<?> owner) {
        inspect(owner, forAll);
    }

    /** Finds those of a controller. */
    void inspect(Class<?> controller) {
        inspect(controller, byController.computeIfAbsent(controller, key -> new LinkedHashMap<>()));
    }

    private void inspect(Class<?> owner, Map<Class<?>, Found> scope) {
        for (Method method : EndpointFactory.methods(owner)) {
            if (isOne(method) && isCallable(method)) {
                inspect(owner, method, scope);
            }
        }
    }

    private void inspect(Class<?> owner, Method method, Map<Class<?>, Found> scope) {
        Optional<List<Argument>> parameters = parameters(method);
        Optional<ResultWriter> writer = writers.create(method);
        List<Class<?>> types = types(method);
        if (parameters.isEmpty() || writer.isEmpty() || !saysStatus(method)) {
            return;
        }
        var found = new Found(owner, method, parameters.get(), writer.get());
        for (Class<?> type : types) {
            Found other = scope.putIfAbsent(type, found);
            if (other != null) {
                problems.add(Problem.of("two-exception-handlers", "Two methods answer for " + Place.name(type) + ".")
                        .at(Place.of(other.method))
                        .at(Place.of(method))
                        .cure("Remove one of them, or let it take a type below or above."));
            }
        }
    }

    private boolean isCallable(Method method) {
        String kind = Modifier.isStatic(method.getModifiers())
                ? "static"
                : Modifier.isPrivate(method.getModifiers()) ? "private" : "";
        if (!kind.isEmpty()) {
            problems.add(Problem.of("handler-not-callable", "A method that answers for exceptions is " + kind + ".")
                    .at(Place.of(method))
                    .cure("Take \"" + kind + "\" off: it is called on the object, from outside of it."));
        } else if (!Verbs.of(method).isEmpty()) {
            problems.add(Problem.of("two-roles", "A method answers requests and exceptions.")
                    .at(Place.of(method))
                    .cure("Make two methods of it: one with the verb, one with @ExceptionHandler."));
            return false;
        }
        return kind.isEmpty();
    }

    private Optional<List<Argument>> parameters(Method method) {
        var arguments = new ArrayList<Argument>();
        for (Parameter parameter : method.getParameters()) {
            boolean isException = Throwable.class.isAssignableFrom(parameter.getType());
            Argument argument = isException ? Argument.EXCEPTION : Argument.REQUEST;
            if (!isException && parameter.getType() != Request.class || arguments.contains(argument)) {
                problems.add(Problem.of(
                                "exception-handler-parameter",
                                "A method that answers for exceptions takes the exception and the Request, once each.")
                        .at(Place.of(parameter))
                        .cure("Remove it; what else there is to know is in the Request."));
                return Optional.empty();
            }
            arguments.add(argument);
        }
        return Optional.of(arguments);
    }

    /** The exceptions that it answers for; what is wrong with them becomes a problem, and is left out. */
    private List<Class<?>> types(Method method) {
        List<Class<?>> written =
                List.of(method.getAnnotation(ExceptionHandler.class).value());
        Optional<Parameter> taken = Arrays.stream(method.getParameters())
                .filter(parameter -> Throwable.class.isAssignableFrom(parameter.getType()))
                .findFirst();
        if (written.isEmpty() && taken.isEmpty()) {
            problems.add(
                    Problem.of("exception-handler-without-type", "Nothing says for which exceptions a method answers.")
                            .at(Place.of(method))
                            .cure(
                                    "Give it a parameter of the exception's type, or name it: @ExceptionHandler(IOException.class)."));
        }
        if (written.isEmpty()) {
            return taken.<List<Class<?>>>map(parameter -> List.of(parameter.getType()))
                    .orElse(List.of());
        }
        return written.stream().filter(type -> fits(type, taken)).toList();
    }

    private boolean fits(Class<?> type, Optional<Parameter> taken) {
        boolean fits = taken.isEmpty() || taken.get().getType().isAssignableFrom(type);
        if (!fits) {
            String takes = Place.name(taken.get().getType());
            problems.add(Problem.of(
                            "exception-handler-mismatch",
                            "@ExceptionHandler names " + Place.name(type) + ", which is no " + takes + ".")
                    .at(Place.of(taken.get()))
                    .cure("Take a type that is above all that it names, such as Exception."));
        }
        return fits;
    }

    private boolean saysStatus(Method method) {
        boolean says = writers.saysStatus(method);
        if (!says) {
            problems.add(
                    Problem.of(
                                    "exception-handler-without-status",
                                    "Nothing says the status of an answer to an exception, which would be a success.")
                            .at(Place.of(method))
                            .cure(
                                    "Write @Status(409) or what it is; or return a Response, a ProblemDetail, or a record with @Status."));
        }
        return says;
    }

    /** The methods for exceptions of a controller's, with those for all. */
    ExceptionTable table(Class<?> controller, Function<Class<?>, Object> objects) {
        Map<Class<?>, Found> own = byController.getOrDefault(controller, Map.of());
        return own.isEmpty() ? table(objects) : table(objects).with(methods(own, objects));
    }

    /** The methods that answer for all. */
    ExceptionTable table(Function<Class<?>, Object> objects) {
        if (table == null) {
            table = ExceptionTable.of(methods(forAll, objects));
        }
        return table;
    }

    private static Map<Class<?>, ExceptionMethod> methods(
            Map<Class<?>, Found> found, Function<Class<?>, Object> objects) {
        var methods = new HashMap<Class<?>, ExceptionMethod>();
        found.forEach((type, one) -> {
            Invoker invoker = Invoker.of(objects.apply(one.owner), one.method);
            methods.put(type, new ExceptionMethod(invoker, one.parameters, one.writer));
        });
        return methods;
    }
}
