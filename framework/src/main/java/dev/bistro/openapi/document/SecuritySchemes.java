package dev.bistro.openapi.document;

import dev.bistro.description.DescribedAccess;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The ways to log in, by the schemes of their challenges, and what operations need of them.
 *
 * @see <a href="https://spec.openapis.org/oas/v3.1.1.html#security-requirement-object">Security Requirement Object</a>
 */
final class SecuritySchemes {
    private final Map<String, Object> schemes = new LinkedHashMap<>();

    /** Those of these challenges: {@code Basic realm="shop"}. */
    SecuritySchemes(List<String> challenges) {
        for (String challenge : challenges) {
            String scheme = challenge.split("[ ,]", 2)[0].toLowerCase(Locale.ROOT);
            if (!scheme.isEmpty()) {
                schemes.put(scheme.replaceAll("[^a-z0-9._-]", "_"), Tree.of("type", "http", "scheme", scheme));
            }
        }
    }

    /** All by name. */
    Map<String, Object> all() {
        return schemes;
    }

    /**
     * What an operation needs: one of these. Roles are named, of which one is enough.
     *
     * @return empty if it needs nothing, or if nothing is known of how to log in
     */
    Optional<List<Object>> of(DescribedAccess access) {
        if (access.who() == DescribedAccess.Who.ANYBODY || schemes.isEmpty()) {
            return Optional.empty();
        }
        var needs = new ArrayList<Object>();
        for (String scheme : schemes.keySet()) {
            if (access.roles().isEmpty()) {
                needs.add(requirement(scheme, List.of()));
            }
            access.roles().forEach(role -> needs.add(requirement(scheme, List.of(role))));
        }
        return Optional.of(needs);
    }

    private static Map<String, Object> requirement(String scheme, List<String> roles) {
        var requirement = new LinkedHashMap<String, Object>();
        requirement.put(scheme, roles);
        return requirement;
    }
}
