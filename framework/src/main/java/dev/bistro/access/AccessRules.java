package dev.bistro.access;

import dev.bistro.annotation.RolesAllowed;
import dev.bistro.handler.AccessAnnotations;
import dev.bistro.handler.AccessAnnotations.Kind;
import dev.bistro.handler.DeclaredRoute;
import dev.bistro.handler.RouteAnnotations;
import dev.bistro.startup.Place;
import dev.bistro.startup.Problem;
import dev.bistro.startup.Problems;
import java.lang.annotation.Annotation;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Reads at startup who may call each route.
 *
 * <pre>
 *   the nearest annotation ─┬─ @RolesAllowed ──▶ these roles, or any login
 *                           ├─ @PermitAll ─────▶ anybody
 *                           ├─ @DenyAll ───────▶ nobody
 *                           └─ none ───────────▶ anybody; any login with security.default=deny
 *   a parameter that takes the login ──────────▶ anybody becomes any login
 * </pre>
 */
public final class AccessRules {
    private final boolean deniesByDefault;
    private final Problems problems;
    private final LostAnnotations lost;
    private final Set<Place> reported = new HashSet<>();
    private Optional<Place> firstWithLogin = Optional.empty();

    /** @param deniesByDefault whether what says nothing needs a login */
    public AccessRules(boolean deniesByDefault, Problems problems) {
        this.deniesByDefault = deniesByDefault;
        this.problems = problems;
        this.lost = new LostAnnotations(problems);
    }

    /** Checks a class whose annotations will be read: what Java can't load of them, it leaves out without a word. */
    public void check(Class<?> type) {
        lost.check(type);
    }

    /**
     * The rule of a route.
     *
     * @param takesLogin whether a parameter is the login, or its principal, and not optional
     */
    public AccessRule of(DeclaredRoute route, boolean takesLogin, Place place) {
        List<Annotation> nearest = route.annotations().nearest(AccessAnnotations::isOne);
        Set<AccessRule> rules = nearest.stream().map(one -> rule(one, place)).collect(Collectors.toUnmodifiableSet());
        if (rules.size() > 1) {
            addContradiction(nearest, place);
        }
        AccessRule declared =
                rules.stream().findFirst().orElse(deniesByDefault ? AccessRule.ANY_LOGIN : AccessRule.ANYBODY);
        if (declared.needsLogin() && firstWithLogin.isEmpty()) {
            firstWithLogin = Optional.of(place);
        }
        if (takesLogin) {
            route.handler().ifPresent(method -> checkOpen(method, place));
        }
        return takesLogin ? declared.withLogin() : declared;
    }

    private AccessRule rule(Annotation annotation, Place place) {
        return switch (AccessAnnotations.kind(annotation.annotationType()).orElseThrow()) {
            case ANYBODY -> AccessRule.ANYBODY;
            case NOBODY -> AccessRule.NOBODY;
            case ROLES -> ofRoles(roles(annotation), place);
        };
    }

    private AccessRule ofRoles(Set<String> roles, Place place) {
        if ((roles.isEmpty() || roles.stream().anyMatch(String::isBlank)) && reported.add(place)) {
            problems.add(Problem.of(
                            "no-roles", "@RolesAllowed names " + (roles.isEmpty() ? "no role." : "an empty role."))
                    .at(place)
                    .cure("Name the roles; or write RolesAllowed.ANY_LOGIN for any login, or @DenyAll for nobody."));
        }
        return roles.contains(RolesAllowed.ANY_LOGIN) ? AccessRule.ANY_LOGIN : AccessRule.of(roles);
    }

    /** The value of ours, or of another annotation that has roles as its value. */
    private static Set<String> roles(Annotation annotation) {
        if (annotation instanceof RolesAllowed ours) {
            return Set.copyOf(List.of(ours.value()).stream().distinct().toList());
        }
        try {
            Object value = annotation.annotationType().getMethod("value").invoke(annotation);
            return Set.copyOf(List.of((String[]) value).stream().distinct().toList());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(annotation + " has no roles", e);
        }
    }

    private void addContradiction(List<Annotation> nearest, Place place) {
        String names = nearest.stream()
                .map(one -> "@" + one.annotationType().getSimpleName())
                .collect(Collectors.joining(" and "));
        if (reported.add(place)) {
            problems.add(Problem.of(
                            "two-access-rules", "In one place, " + names + " say different things of who may call.")
                    .at(place)
                    .cure("Keep one of them. It may come from an annotation of your own that it is written on."));
        }
    }

    private void checkOpen(java.lang.reflect.Method method, Place place) {
        boolean isOpen = RouteAnnotations.on(method).nearest(AccessAnnotations::isOne).stream()
                .anyMatch(one -> AccessAnnotations.kind(one.annotationType()).orElseThrow() == Kind.ANYBODY);
        if (isOpen && reported.add(place)) {
            problems.add(Problem.of(
                            "login-of-anybody",
                            "The method is for everybody by @PermitAll, and a parameter of it needs a login.")
                    .at(place)
                    .cure("Take it as an Optional; or take @PermitAll off."));
        }
    }

    /**
     * Reports that nobody can ever log in, once the rules of all routes were asked for.
     *
     * @param canLogIn whether the application has anything that could give a login
     */
    public void checkReachable(boolean canLogIn) {
        if (!canLogIn) {
            firstWithLogin.ifPresent(place -> problems.add(
                    Problem.of("nobody-can-log-in", "A route needs a login, but nothing in the application gives one.")
                            .at(place)
                            .cure("Write an Authenticator, such as a @Bean that is Authenticator.basic(…); or a"
                                    + " handler that takes a Session and calls session.login(…); or set security.jwt,"
                                    + " or server.tls.client-auth; or write a filter that calls"
                                    + " request.setPrincipal(…).")));
        }
    }
}
