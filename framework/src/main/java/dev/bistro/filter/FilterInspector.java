package dev.bistro.filter;

import dev.bistro.annotation.Filter;
import dev.bistro.annotation.Priority;
import dev.bistro.handler.HandlerAudit;
import dev.bistro.handler.RouteAnnotations;
import dev.bistro.http.Chain;
import dev.bistro.http.Request;
import dev.bistro.http.Response;
import dev.bistro.result.ResultWriter;
import dev.bistro.result.ResultWriterFactory;
import dev.bistro.routing.PathTemplate;
import dev.bistro.startup.Place;
import dev.bistro.startup.Problem;
import dev.bistro.startup.Problems;
import dev.bistro.types.ResolvedMethod;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Reads {@code @Filter} classes: finds the one method that takes a {@link Chain}, and what is wrong with it. */
final class FilterInspector {
    private static final String SHAPE = "Response<?> filter(Request request, Chain chain)";

    private final ResultWriterFactory writers;
    private final Problems problems;

    FilterInspector(ResultWriterFactory writers, Problems problems) {
        this.writers = writers;
        this.problems = problems;
    }

    /** The filter's method; empty if there is none that could be called, and then the problems say why. */
    Optional<FilterMethod> read(Class<?> type) {
        FilterBinding binding = binding(type);
        checkPriority(type);
        return method(type).flatMap(method -> read(type, method, binding));
    }

    private Optional<FilterMethod> read(Class<?> type, ResolvedMethod resolved, FilterBinding binding) {
        Method method = resolved.method();
        boolean isOne = takesRequestAndChain(method) & returnsResponse(method) & isPinnedOnce(type, method);
        new HandlerAudit(problems).checkFilter(method);
        Optional<ResultWriter> writer = isOne ? writers.create(resolved) : Optional.empty();
        return writer.map(known -> new FilterMethod(resolved, binding, priority(type), known));
    }

    private static int priority(Class<?> type) {
        Priority priority = type.getAnnotation(Priority.class);
        return priority == null ? Priority.USUAL : priority.value();
    }

    // ---- its method

    /** The one method that takes a chain; those that can't be called from outside are for the class's own use. */
    private Optional<ResolvedMethod> method(Class<?> type) {
        List<ResolvedMethod> all = ResolvedMethod.allOf(type).stream()
                .filter(one -> List.of(one.method().getParameterTypes()).contains(Chain.class))
                .toList();
        List<ResolvedMethod> callable =
                all.stream().filter(one -> uncallable(one).isEmpty()).toList();
        if (callable.size() == 1) {
            return Optional.of(callable.get(0));
        }
        problems.add(
                callable.size() > 1
                        ? several(type, callable)
                        : all.isEmpty() ? none(type) : uncallable(all.get(0)).orElseThrow());
        return Optional.empty();
    }

    private static Optional<Problem> uncallable(ResolvedMethod method) {
        return HandlerAudit.uncallable(method.method(), "The method of a filter", "the object");
    }

    private static Problem none(Class<?> type) {
        return Problem.of(
                        "no-filter-method",
                        Place.name(type) + " has no method that takes the Chain: it filters nothing.")
                .at(Place.of(type))
                .cure("Write one: " + SHAPE + " { return chain.proceed(); }");
    }

    private static Problem several(Class<?> type, List<ResolvedMethod> methods) {
        Problem problem = Problem.of(
                "two-filter-methods", Place.name(type) + " has " + methods.size() + " methods that take the Chain.");
        for (ResolvedMethod method : methods) {
            problem = problem.at(Place.of(method.method()));
        }
        return problem.cure("Make a class of each, or make those private that the one calls.");
    }

    private boolean takesRequestAndChain(Method method) {
        var seen = new ArrayList<Class<?>>();
        boolean all = true;
        for (Parameter parameter : method.getParameters()) {
            Class<?> type = parameter.getType();
            if (type != Chain.class && type != Request.class || seen.contains(type)) {
                all = false;
                problems.add(
                        Problem.of("filter-parameter", "A filter's method takes the Request and the Chain, once each.")
                                .at(Place.of(parameter))
                                .cure("Remove it: what a request brings is in the Request, and everything else comes by"
                                        + " the constructor."));
            }
            seen.add(type);
        }
        return all;
    }

    private boolean returnsResponse(Method method) {
        boolean does = method.getReturnType() == Response.class;
        if (!does) {
            problems.add(Problem.of(
                            "filter-without-response",
                            "A filter's method returns " + Place.name(method.getReturnType())
                                    + ", which is no Response.")
                    .at(Place.of(method))
                    .cure("Return what chain.proceed() gives, or a Response of your own: " + SHAPE + "."));
        }
        return does;
    }

    private boolean isPinnedOnce(Class<?> type, Method method) {
        boolean twice = HandlerAudit.isPinnedTwice(method) || HandlerAudit.isPinnedTwice(type);
        if (twice) {
            problems.add(Problem.of("two-executions", "A filter is both @Blocking and @NonBlocking.")
                    .at(Place.of(method))
                    .cure("Remove one of them; or both, and Bistro finds out."));
        }
        return !twice;
    }

    // ---- its annotations

    private FilterBinding binding(Class<?> type) {
        Filter filter = type.getAnnotation(Filter.class);
        List<PathTemplate> paths = Arrays.stream(filter.value())
                .flatMap(path -> PathTemplate.parse(PathTemplate.join("", path), Place.of(type), problems).stream())
                .toList();
        List<Class<? extends Annotation>> annotations = List.of(filter.annotatedWith());
        annotations.stream()
                .filter(annotation -> !RouteAnnotations.isKept(annotation))
                .forEach(lost -> addNotKept(lost, type));
        return FilterBinding.of(paths, annotations);
    }

    private void addNotKept(Class<? extends Annotation> annotation, Class<?> filter) {
        problems.add(Problem.of(
                        "annotation-not-kept",
                        "@" + Place.name(annotation) + ", which " + Place.name(filter)
                                + " is bound to, isn't kept until the application runs.")
                .at(Place.of(annotation))
                .cure("Write @Retention(RetentionPolicy.RUNTIME) on it."));
    }

    /** Reports annotations of other libraries that are called {@code Priority}: they order nothing here. */
    private void checkPriority(Class<?> type) {
        for (Annotation annotation : type.getAnnotations()) {
            Class<? extends Annotation> other = annotation.annotationType();
            if (other.getSimpleName().equals("Priority") && other != Priority.class) {
                problems.add(Problem.of("foreign-priority", other.getName() + " doesn't order filters.")
                        .at(Place.of(type))
                        .cure("Import " + Priority.class.getName() + " instead."));
            }
        }
    }
}
