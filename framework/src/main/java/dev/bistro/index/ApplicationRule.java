package dev.bistro.index;

import dev.bistro.annotation.Bean;
import dev.bistro.annotation.Config;
import dev.bistro.annotation.Delete;
import dev.bistro.annotation.ExceptionHandler;
import dev.bistro.annotation.Factory;
import dev.bistro.annotation.Filter;
import dev.bistro.annotation.Get;
import dev.bistro.annotation.Head;
import dev.bistro.annotation.OnStart;
import dev.bistro.annotation.OnStop;
import dev.bistro.annotation.Options;
import dev.bistro.annotation.Patch;
import dev.bistro.annotation.Post;
import dev.bistro.annotation.Priority;
import dev.bistro.annotation.Put;
import dev.bistro.annotation.Query;
import dev.bistro.annotation.Route;
import dev.bistro.annotation.WebSocket;
import jakarta.inject.Inject;
import java.lang.annotation.Annotation;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Which classes are loaded at startup: controllers and endpoints of WebSockets, filters, records of settings, whatever has an annotation of injection, a hook, or a method that would answer
 * requests, and what may stand for an interface or a class that it
 * extends. The same rule for the scan and for the index, so that both give the same application.
 */
public final class ApplicationRule {
    private static final Set<String> MARKS = Set.of(
            Route.class.getName(),
            WebSocket.class.getName(),
            Filter.class.getName(),
            Priority.class.getName(),
            Factory.class.getName(),
            Config.class.getName());

    /** Injection's, hooks, and the verbs: a class that has one of them without {@code @Route} is a fault to be told. */
    private static final List<Class<? extends Annotation>> MEMBERS = List.of(
            Inject.class,
            Bean.class,
            ExceptionHandler.class,
            OnStart.class,
            OnStop.class,
            Route.class,
            Get.class,
            Post.class,
            Put.class,
            Patch.class,
            Delete.class,
            Head.class,
            Options.class,
            Query.class);

    private final Predicate<String> isScopeOrQualifier;

    /** The rule, where it is known by an annotation's name whether that is a scope or a qualifier. */
    public ApplicationRule(Predicate<String> isScopeOrQualifier) {
        this.isScopeOrQualifier = isScopeOrQualifier;
    }

    /** Whether an application may need a class. */
    public boolean isWanted(ClassFacts type) {
        if (type.isLocal() || type.kind() == ClassFacts.Kind.ANNOTATION) {
            return false;
        }
        return isMarked(type)
                || (type.kind() == ClassFacts.Kind.CLASS || type.kind() == ClassFacts.Kind.VALUE)
                        && !type.isInner()
                        && type.supertypes().stream().anyMatch(ApplicationRule::isOfAnApplication);
    }

    private boolean isMarked(ClassFacts type) {
        return type.annotations().stream().anyMatch(name -> MARKS.contains(name) || isScopeOrQualifier.test(name))
                || MEMBERS.stream().anyMatch(type::hasMember);
    }

    private static boolean isOfAnApplication(String supertype) {
        return !supertype.startsWith("java.") && !supertype.startsWith("javax.");
    }
}
