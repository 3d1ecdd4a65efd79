package dev.bistro.index;

import dev.bistro.annotation.Bean;
import dev.bistro.annotation.ClientCertificate;
import dev.bistro.annotation.Config;
import dev.bistro.annotation.Delete;
import dev.bistro.annotation.DenyAll;
import dev.bistro.annotation.ExceptionHandler;
import dev.bistro.annotation.Factory;
import dev.bistro.annotation.Filter;
import dev.bistro.annotation.Get;
import dev.bistro.annotation.Head;
import dev.bistro.annotation.OnStart;
import dev.bistro.annotation.OnStop;
import dev.bistro.annotation.Options;
import dev.bistro.annotation.Patch;
import dev.bistro.annotation.PermitAll;
import dev.bistro.annotation.Post;
import dev.bistro.annotation.Primary;
import dev.bistro.annotation.Priority;
import dev.bistro.annotation.Put;
import dev.bistro.annotation.Query;
import dev.bistro.annotation.RolesAllowed;
import dev.bistro.annotation.Route;
import dev.bistro.annotation.WebSocket;
import dev.bistro.json.generated.GeneratedJson;
import jakarta.inject.Inject;
import java.lang.annotation.Annotation;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Decides which classes are loaded at startup: controllers, WebSocket endpoints, filters, settings records, classes
 * with an annotation of injection, with a hook or with a method that would answer requests, and classes that may be
 * injected for an interface or class that they implement or extend. Both the scan and the index go by this rule, so
 * that both find the same application.
 */
public final class ApplicationRule {
    private static final Set<String> MARKS = Set.of(
            Route.class.getName(),
            WebSocket.class.getName(),
            Filter.class.getName(),
            Primary.class.getName(),
            Priority.class.getName(),
            Factory.class.getName(),
            Config.class.getName(),
            ClientCertificate.class.getName(),
            RolesAllowed.class.getName(),
            PermitAll.class.getName(),
            DenyAll.class.getName());

    /** Where the classes are that generated code extends. */
    private static final String GENERATED = GeneratedJson.class.getPackageName() + ".";

    /**
     * Annotations of members: of injection, hooks and verbs. A verb, or what guards, in a class without {@code @Route}
     * must be found to be reported.
     */
    private static final List<Class<? extends Annotation>> MEMBERS = List.of(
            Inject.class,
            Bean.class,
            Primary.class,
            Priority.class,
            ExceptionHandler.class,
            OnStart.class,
            OnStop.class,
            ClientCertificate.class,
            RolesAllowed.class,
            PermitAll.class,
            DenyAll.class,
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

    /**
     * The rule.
     *
     * @param isScopeOrQualifier whether the annotation of this name is a scope or a qualifier
     */
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
        return !supertype.startsWith("java.")
                && !supertype.startsWith("javax.")
                && !supertype.startsWith(GENERATED); // found by the names of their types
    }
}
