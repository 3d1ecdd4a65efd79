package dev.bistro.security;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The origins that are allowed to use something: the one idea of origins, whether they are written in
 * {@code @CrossOrigin}, {@code security.cors.origins} or {@code server.websocket.origins}.
 *
 * <pre>
 * https://shop.example          this one; its port is that of https
 * https://shop.example:8443     this one
 * https://*.shop.example        each host with one more label: https://eu.shop.example, but neither
 *                               https://shop.example nor https://a.eu.shop.example
 * *                             all, also pages without an origin
 * </pre>
 *
 * Immutable. Matching takes a time that is linear in the length of what the client sent.
 */
public final class AllowedOrigins {
    /** No origins. */
    public static final AllowedOrigins NONE = new AllowedOrigins(List.of());

    private static final String ANY = "*";
    private static final String LABEL = "://*.";

    private final boolean any;
    private final Set<Origin> exact = new HashSet<>();
    private final Set<Origin> parents = new HashSet<>(); // of the hosts that have one more label

    private AllowedOrigins(List<String> written) {
        this.any = written.contains(ANY);
        for (String entry : written) {
            Set<Origin> kind = entry.contains(LABEL) ? parents : exact;
            read(entry).ifPresent(kind::add);
        }
    }

    /**
     * The origins that are written so.
     *
     * @throws IllegalArgumentException if one of them isn't valid: {@link #fault}
     */
    public static AllowedOrigins of(List<String> written) {
        written.stream().flatMap(entry -> fault(entry).stream()).findFirst().ifPresent(fault -> {
            throw new IllegalArgumentException(fault);
        });
        return new AllowedOrigins(written);
    }

    private static Optional<Origin> read(String entry) {
        return Origin.parse(entry.replace(LABEL, "://"));
    }

    /** What is wrong with an entry, if anything is: {@code "https://shop.example/" is no origin: …}. */
    public static Optional<String> fault(String entry) {
        if (entry.equals(ANY)) {
            return Optional.empty();
        }
        String quoted = "\"" + entry + "\"";
        if (entry.equals("null")) {
            return Optional.of(quoted + " is the origin of any page that hides its own, so nobody is meant by it");
        }
        Optional<Origin> origin = read(entry);
        if (origin.isEmpty()) {
            return Optional.of(quoted + " is no origin: write a scheme, a host and perhaps a port, and no path, such as"
                    + " https://shop.example:8443, https://*.shop.example, or * for all");
        }
        boolean isTooWide = entry.contains(LABEL)
                && origin.get().host().indexOf('.') < 0
                && !origin.get().host().equals("localhost");
        return isTooWide
                ? Optional.of(quoted + " means all hosts of a top-level domain: name one more label behind the *")
                : Optional.empty();
    }

    /** Whether there are none. */
    public boolean isEmpty() {
        return !any && exact.isEmpty() && parents.isEmpty();
    }

    /** Whether all origins are allowed. */
    public boolean isAny() {
        return any;
    }

    /**
     * Whether a request is allowed by its origin.
     *
     * @param sent the values of its {@code Origin} fields: one, if it comes from a browser
     */
    boolean allows(List<String> sent) {
        return any
                || sent.size() == 1
                        && Origin.parse(sent.get(0)).filter(this::contains).isPresent();
    }

    private boolean contains(Origin origin) {
        return exact.contains(origin) || !parents.isEmpty() && parent(origin).anyMatch(parents::contains);
    }

    /** The origin without the first label of its host, if a name is left. */
    private static Stream<Origin> parent(Origin origin) {
        int dot = origin.host().indexOf('.');
        return dot <= 0
                ? Stream.empty()
                : Stream.of(new Origin(origin.scheme(), origin.host().substring(dot + 1), origin.port()));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AllowedOrigins origins
                && any == origins.any
                && exact.equals(origins.exact)
                && parents.equals(origins.parents);
    }

    @Override
    public int hashCode() {
        return exact.hashCode() + parents.hashCode() + (any ? 1 : 0);
    }
}
