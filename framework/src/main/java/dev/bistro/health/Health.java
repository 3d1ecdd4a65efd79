package dev.bistro.health;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * What a {@link HealthCheck} has found.
 *
 * <pre>{@code
 * Health.up().with("connections", 7);      // {"status":"UP","details":{"connections":"7"}}
 * Health.down("The disk is full");         // {"status":"DOWN","details":{"reason":"The disk is full"}}
 * }</pre>
 *
 * @param isUp whether what was checked can do its work
 * @param details what else there is to say, by name: for those who run the application, and never for its clients;
 *     unmodifiable, in the order in which they were added
 */
public record Health(boolean isUp, Map<String, String> details) {
    private static final String REASON = "reason";

    /**
     * Copies the details.
     *
     * @throws NullPointerException if a name is null; a value that is null is the text {@code null}
     */
    public Health {
        var copy = new LinkedHashMap<String, String>();
        details.forEach((name, value) -> copy.put(Objects.requireNonNull(name, "name"), String.valueOf(value)));
        details = Collections.unmodifiableMap(copy);
    }

    /** All is well. */
    public static Health up() {
        return new Health(true, Map.of());
    }

    /** It can't do its work, for a reason: {@code "The disk is full"}. */
    public static Health down(String reason) {
        return new Health(false, Map.of(REASON, Objects.requireNonNull(reason, "reason")));
    }

    /** The same with one more detail, which is written as its text; another one of that name is replaced. */
    public Health with(String name, Object value) {
        var all = new LinkedHashMap<>(details);
        all.put(Objects.requireNonNull(name, "name"), String.valueOf(value));
        return new Health(isUp, all);
    }
}
