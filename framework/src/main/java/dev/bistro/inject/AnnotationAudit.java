package dev.bistro.inject;

import dev.bistro.annotation.Bean;
import dev.bistro.annotation.Factory;
import dev.bistro.startup.Place;
import dev.bistro.startup.Problem;
import dev.bistro.startup.Problems;
import dev.bistro.startup.Unloadable;
import dev.bistro.types.Hierarchy;
import dev.bistro.types.OpenType;
import dev.bistro.types.ResolvedMethod;
import jakarta.inject.Inject;
import jakarta.inject.Qualifier;
import jakarta.inject.Scope;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds annotations of injection that are misplaced or contradict each other, and would be ignored in silence. */
final class AnnotationAudit {
    private Problems problems;
    private RankAudit ranks;
    private final Map<Class<?>, Boolean> checked = new HashMap<>();
    private final Set<Class<?>> supertypesOfFactories = new HashSet<>();

    AnnotationAudit(Problems problems) {
        this.problems = problems;
        this.ranks = new RankAudit(problems);
    }

    /** Sets where later faults are added. */
    void reportTo(Problems later) {
        problems = later;
        ranks = new RankAudit(later);
    }

    /**
     * Notes which classes have {@code @Factory}, so that their superclasses may have {@code @Bean} methods for them.
     */
    void addFactories(Collection<Class<?>> types) {
        for (Class<?> factory : types) {
            if (isFactory(factory)) {
                List<Class<?>> above = new ArrayList<>(withSupertypes(factory));
                above.remove(factory);
                supertypesOfFactories.addAll(above);
            }
        }
    }

    private static boolean isFactory(Class<?> type) {
        return type.isAnnotationPresent(Factory.class);
    }

    /** Checks a class and its supertypes, each once; false if a class can't be loaded. */
    boolean check(Class<?> type) {
        for (Class<?> one : Hierarchy.line(type)) {
            if (!checkOne(one)) {
                return false;
            }
        }
        for (Class<?> one : withSupertypes(type)) {
            if (one.isInterface()) {
                checkOne(one);
            }
        }
        return true;
    }

    /** A class with its supertypes; without them if they can't be loaded, which is reported where they are needed. */
    private static List<Class<?>> withSupertypes(Class<?> type) {
        try {
            return Hierarchy.of(type).all();
        } catch (LinkageError | TypeNotPresentException incomplete) {
            return List.of(type);
        }
    }

    private boolean checkOne(Class<?> type) {
        Boolean known = checked.get(type);
        if (known != null) {
            return known;
        }
        boolean loaded = type.getName().startsWith("java.") || inspected(type);
        checked.put(type, loaded);
        return loaded;
    }

    private boolean inspected(Class<?> type) {
        try {
            inspect(type);
            return true;
        } catch (LinkageError | TypeNotPresentException e) {
            problems.add(Unloadable.problem(type.getName(), e));
            return false;
        }
    }

    private void inspect(Class<?> type) {
        inspectClass(type);
        inspectConstructors(type);
        for (Field field : type.getDeclaredFields()) {
            inspectField(field);
        }
        Method[] methods = type.getDeclaredMethods();
        Arrays.sort(methods, Hierarchy.BY_NAME); // reflection gives them in no order
        for (Method method : methods) {
            if (!method.isSynthetic()) {
                inspectMethod(method);
            }
        }
    }

    private void inspectClass(Class<?> type) {
        Place place = Place.of(type);
        refuseSeveralQualifiers(type, place);
        boolean isAbstract = Modifier.isAbstract(type.getModifiers());
        for (Annotation scope : scopes(type, place)) {
            if (isAbstract) {
                String on = type.isInterface() ? "an interface" : "an abstract class";
                addMisplaced(
                        scope,
                        on + ", of which no object is made",
                        place,
                        "Put it on the classes that " + (type.isInterface() ? "implement" : "extend") + " it.");
            }
        }
        ranks.inspectClass(type, place);
        if (!isFactory(type)) {
            return;
        }
        if (isAbstract || type.isMemberClass() && !Modifier.isStatic(type.getModifiers())) {
            problems.add(Problem.of("not-a-factory", place + " has @Factory, but no object of it can be made.")
                    .at(place)
                    .cure("Put @Factory on a class that is neither abstract, nor an interface, "
                            + "nor an inner class that isn't static."));
        } else if (!losesAnnotations(type)
                && Hierarchy.of(type).methods().stream().noneMatch(AnnotationAudit::hasBean)) {
            problems.add(Problem.of("empty-factory", place + " has @Factory, but no @Bean method.")
                    .at(place)
                    .cure("Write @Bean on the methods whose results are to be injected, or take @Factory off."));
        }
    }

    private static boolean hasBean(AnnotatedElement element) {
        return element.isAnnotationPresent(Bean.class);
    }

    private void inspectConstructors(Class<?> type) {
        var marked = new ArrayList<Constructor<?>>();
        for (Constructor<?> constructor : type.getDeclaredConstructors()) {
            if (constructor.isAnnotationPresent(Inject.class)) {
                marked.add(constructor);
            }
        }
        if (marked.size() > 1) {
            marked.sort(Comparator.comparing(Constructor::toString));
        }
        for (Constructor<?> constructor : marked) {
            refuseQualifier(constructor);
            inspectParameters(constructor);
        }
        if (marked.size() > 1) {
            Problem problem = Problem.of(
                    "several-constructors", Place.of(type) + " has " + marked.size() + " @Inject constructors.");
            for (Constructor<?> constructor : marked) {
                problem = problem.at(Place.of(constructor));
            }
            problems.add(problem.cure("Leave @Inject on the one that makes objects for injection."));
        }
    }

    private void inspectField(Field field) {
        Place place = Place.of(field);
        if (!field.isAnnotationPresent(Inject.class)) {
            return;
        }
        refuseSeveralQualifiers(field, place);
        for (Annotation scope : Lifetime.scopes(field)) {
            addMisplaced(scope, "a field", place, "Put it on the class of the object.");
        }
        if (Modifier.isFinal(field.getModifiers())) {
            problems.add(Problem.of("final-field", "@Inject stands on a final field.")
                    .at(place)
                    .cure("Take \"final\" off, or better: give it to the constructor, and put @Inject there."));
        }
    }

    private void inspectMethod(Method method) {
        Place place = Place.of(method);
        boolean isBean = hasBean(method);
        if (isBean) {
            refuseSeveralQualifiers(method, place);
            scopes(method, place);
            ranks.refuseForeign(method, place);
            inspectBean(method, place);
        } else {
            ranks.refuse(
                    method,
                    "a method that is no @Bean",
                    "Put it on a class, or on a @Bean method of a @Factory.",
                    place);
            for (Annotation scope : Lifetime.scopes(method)) {
                addMisplaced(
                        scope,
                        "a method that is no @Bean",
                        place,
                        "Put it on a class, or on a @Bean method of a @Factory.");
            }
        }
        if (method.isAnnotationPresent(Inject.class)) {
            inspectInjected(method, place);
            if (!isBean) {
                refuseQualifier(method);
            }
        }
        if (isBean || method.isAnnotationPresent(Inject.class)) {
            inspectParameters(method);
        }
    }

    private void inspectInjected(Method method, Place place) {
        String obstacle = method.getDeclaringClass().isInterface()
                ? "a method of an interface"
                : Modifier.isAbstract(method.getModifiers())
                        ? "an abstract method"
                        : method.getTypeParameters().length > 0 ? "a method with type parameters of its own" : "";
        if (!obstacle.isEmpty()) {
            problems.add(Problem.of("not-injectable", "@Inject stands on " + obstacle + ".")
                    .at(place)
                    .cure("Put it on a method of a class, with a body, and whose parameters' types are known."));
        }
    }

    private void inspectParameters(Executable executable) {
        for (Parameter parameter : executable.getParameters()) {
            Place place = Place.of(parameter);
            refuseSeveralQualifiers(parameter, place);
            for (Annotation scope : Lifetime.scopes(parameter)) {
                addMisplaced(scope, "a parameter", place, "Put it on the class of the object.");
            }
        }
    }

    private void inspectBean(Method method, Place place) {
        Class<?> declaring = method.getDeclaringClass();
        if (!supertypesOfFactories.contains(declaring) && !isFactory(declaring)) {
            problems.add(Problem.of("bean-outside-factory", "@Bean stands on a method of a class that has no @Factory.")
                    .at(place)
                    .cure("Put @Factory on " + Place.of(declaring) + ", or move the method to a class that has it."));
        }
        String obstacle = beanObstacle(method);
        boolean isImplementedBelow =
                supertypesOfFactories.contains(declaring) && Modifier.isAbstract(method.getModifiers());
        if (!obstacle.isEmpty() && !isImplementedBelow) {
            problems.add(Problem.of("not-a-bean", "A @Bean method " + obstacle + ".")
                    .at(place)
                    .cure("A @Bean method has a body, isn't private, has no type parameters, "
                            + "and returns the object that it makes."));
        }
    }

    /** Whether a {@code @Bean} method of a factory can be called and has a known type; otherwise it is a problem. */
    boolean isBean(ResolvedMethod bean) {
        if (!beanObstacle(bean.method()).isEmpty()) {
            return false;
        }
        Optional<OpenType> open = OpenType.of(bean.returnType());
        open.ifPresent(what -> problems.add(Problem.of("open-type", what.what())
                .at(Place.of(bean.method()))
                .at(Place.of(bean.hierarchy().type()))
                .cure(what.cure())));
        return open.isEmpty();
    }

    /** Finds methods that override {@code @Bean} methods without repeating annotations, which Java doesn't inherit. */
    private boolean losesAnnotations(Class<?> factory) {
        Hierarchy hierarchy = Hierarchy.of(factory);
        List<Hierarchy.Lost> all = new ArrayList<>();
        for (Method method : hierarchy.methods()) {
            hierarchy.lost(method, AnnotationAudit::isAboutBeans).ifPresent(all::add);
        }
        all.forEach(lost -> problems.add(Problem.of(
                        "overridden-annotation",
                        "A method overrides one with " + lost.names() + ", but doesn't inherit "
                                + (lost.annotations().size() > 1 ? "them." : "it."))
                .at(Place.of(lost.method()))
                .at(Place.of(lost.above()))
                .cure("Write " + lost.names() + " on the method too, or take it off the one that it overrides.")));
        return !all.isEmpty();
    }

    private static boolean isAboutBeans(Class<? extends Annotation> type) {
        return type == Bean.class
                || RankAudit.RANKS.contains(type)
                || type.isAnnotationPresent(Scope.class)
                || type.isAnnotationPresent(Qualifier.class);
    }

    private static String beanObstacle(Method method) {
        Class<?> type = method.getReturnType();
        if (type == void.class || type == Void.class) {
            return "returns nothing";
        }
        if (Modifier.isPrivate(method.getModifiers())) {
            return "is private";
        }
        if (Modifier.isAbstract(method.getModifiers())) {
            return "is abstract";
        }
        if (method.getTypeParameters().length > 0) {
            return "has type parameters of its own";
        }
        boolean isWrapper = DependencyWrapper.of(type)
                .filter(wrapper -> !wrapper.isCollection())
                .isPresent();
        return isWrapper ? "returns " + Place.name(type) + ", which injection makes itself" : "";
    }

    /** The scopes of an element that may have one. Several scopes are a problem, and so is an unknown one. */
    private List<Annotation> scopes(AnnotatedElement element, Place place) {
        List<Annotation> scopes = Lifetime.scopes(element);
        if (scopes.size() > 1) {
            problems.add(Problem.of("several-scopes", "There are several scopes: " + names(scopes) + ".")
                    .at(place)
                    .cure("Leave the one that is meant."));
        }
        for (Annotation scope : scopes) {
            if (!Lifetime.isKnown(scope)) {
                problems.add(Problem.of("unknown-scope", Key.describe(scope) + " is a scope that Bistro doesn't know.")
                        .at(place)
                        .cure("There are @Singleton, one object for all, and @RequestScoped, "
                                + "one for each request; without a scope each place gets its own."));
            }
        }
        return scopes;
    }

    private void refuseSeveralQualifiers(AnnotatedElement element, Place place) {
        List<Annotation> qualifiers = Key.qualifiers(element);
        if (qualifiers.size() > 1) {
            problems.add(Problem.of("several-qualifiers", "There are several qualifiers: " + names(qualifiers) + ".")
                    .at(place)
                    .cure("Leave the one that is meant."));
        }
    }

    private void refuseQualifier(Executable executable) {
        Key.qualifier(executable)
                .ifPresent(qualifier -> problems.add(Problem.of(
                                "misplaced-qualifier",
                                Key.describe(qualifier) + " stands on a method or constructor with @Inject.")
                        .at(Place.of(executable))
                        .cure("Put it on the parameter that is meant.")));
    }

    private void addMisplaced(Annotation scope, String on, Place place, String cure) {
        problems.add(Problem.of("misplaced-scope", Key.describe(scope) + " stands on " + on + ".")
                .at(place)
                .cure(cure));
    }

    private static String names(List<Annotation> annotations) {
        return annotations.stream().map(Key::describe).collect(Collectors.joining(", "));
    }
}
