package dev.bistro.description;

import java.util.List;

/**
 * Who may call a route.
 *
 * @param roles one of which is enough, sorted; only if roles decide
 */
public record DescribedAccess(Who who, List<String> roles) {
    /** The kinds of rules. */
    public enum Who {
        ANYBODY,
        ANY_LOGIN,
        ROLES,
        NOBODY
    }

    /** Copies the list. */
    public DescribedAccess {
        roles = List.copyOf(roles);
    }

    /** For people: {@code anybody}, {@code any login}, {@code admin or editor}, {@code nobody}. */
    @Override
    public String toString() {
        return switch (who) {
            case ANYBODY -> "anybody";
            case ANY_LOGIN -> "any login";
            case ROLES -> String.join(" or ", roles);
            case NOBODY -> "nobody";
        };
    }
}
