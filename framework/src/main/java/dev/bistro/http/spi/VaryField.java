package dev.bistro.http.spi;

import dev.bistro.http.Headers;
import java.util.Optional;

/**
 * The field that names what an answer depends on.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-12.5.5">RFC 9110, section 12.5.5</a>
 */
public final class VaryField {
    private static final String VARY = "Vary";

    private VaryField() {}

    /**
     * The header fields with one more name in {@code Vary}: {@code Vary: Accept} becomes {@code Vary: Accept, Origin}.
     * They are returned as they are if the name, or {@code *}, is there already.
     */
    public static Headers with(Headers headers, String name) {
        Optional<String> vary = headers.combined(VARY);
        if (vary.isEmpty()) {
            return headers.plus(VARY, name);
        }
        for (String known : headers.elements(VARY)) {
            if (known.equals("*") || known.equalsIgnoreCase(name)) {
                return headers;
            }
        }
        return headers.with(VARY, vary.get() + ", " + name);
    }
}
