package dev.bistro.binding;

import dev.bistro.http.EntityTag;
import dev.bistro.http.InvalidValue;
import dev.bistro.http.Request;
import java.util.List;
import java.util.Optional;

/**
 * The versions that {@code If-Match} names. A weak tag names none (RFC 9110, section 13.1.1 asks for the strong comparison), and one that doesn't convert
 * none that there can be.
 */
record IfMatchSource(Conversion conversion) implements ValueSource {
    @Override
    public InvalidValue.In in() {
        return InvalidValue.In.HEADER;
    }

    @Override
    public String name() {
        return "If-Match";
    }

    @Override
    public Optional<String> first(Request request) {
        return all(request).stream().findFirst();
    }

    @Override
    public List<String> all(Request request) {
        return EntityTag.parseList(request.headers().combined(name()).orElse("")).stream()
                .filter(tag -> !tag.isWeak())
                .flatMap(tag -> tag.version().stream())
                .filter(this::converts)
                .toList();
    }

    private boolean converts(String version) {
        try {
            conversion.convert(version);
            return true;
        } catch (IllegalArgumentException notAVersion) {
            return false;
        }
    }
}
