package dev.bistro.access;

import dev.bistro.description.DescribedAccess;
import dev.bistro.description.DescribedError;
import dev.bistro.http.Status;
import java.util.List;
import java.util.Set;

/**
 * Who may call a route.
 *
 * @param roles one of which is enough; only if roles decide
 */
public record AccessRule(Who who, Set<String> roles) {
    /** The kinds of rules, the open ones first. */
    public enum Who {
        ANYBODY,
        ANY_LOGIN,
        ROLES,
        NOBODY
    }

    public static final AccessRule ANYBODY = new AccessRule(Who.ANYBODY, Set.of());
    public static final AccessRule ANY_LOGIN = new AccessRule(Who.ANY_LOGIN, Set.of());
    public static final AccessRule NOBODY = new AccessRule(Who.NOBODY, Set.of());

    /** For logins with one of these roles. */
    static AccessRule of(Set<String> roles) {
        return new AccessRule(Who.ROLES, roles);
    }

    /** This rule, where something else needs a login. */
    AccessRule withLogin() {
        return who == Who.ANYBODY ? ANY_LOGIN : this;
    }

    /** Whether it can't be met without a login, but can be with one. */
    public boolean needsLogin() {
        return who == Who.ANY_LOGIN || who == Who.ROLES;
    }

    /**
     * The rule of a request that none of several handlers of a route can answer: their own if they have one; else the
     * most open one, so that nobody learns more than from a handler.
     */
    public static AccessRule common(List<AccessRule> all) {
        boolean isOne = all.stream().distinct().count() == 1;
        if (isOne) {
            return all.get(0);
        }
        return all.contains(ANYBODY) ? ANYBODY : ANY_LOGIN;
    }

    /** For descriptions. */
    public DescribedAccess describe() {
        return new DescribedAccess(
                DescribedAccess.Who.valueOf(who.name()), roles.stream().sorted().toList());
    }

    /** What those are answered with that it doesn't let through. */
    public List<DescribedError> describeErrors() {
        var unknown = DescribedError.of(Status.UNAUTHORIZED, "There is no login.", "WWW-Authenticate");
        return switch (who) {
            case ANYBODY -> List.of();
            case ANY_LOGIN -> List.of(unknown);
            case ROLES -> List.of(unknown, DescribedError.of(Status.FORBIDDEN, "The login has another role."));
            case NOBODY -> List.of(DescribedError.of(Status.FORBIDDEN, "This is for nobody."));
        };
    }

    /** For people: {@code anybody}, {@code any login}, {@code admin or editor}, {@code nobody}. */
    @Override
    public String toString() {
        return describe().toString();
    }
}
