package dev.bistro.security;

import dev.bistro.annotation.CrossOrigin;
import dev.bistro.http.Method;
import dev.bistro.http.Tokens;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What pages of other origins may do at a route.
 *
 * @param origins whose pages
 * @param methods by which request methods; empty for all that there are
 * @param headers the names of the header fields that their scripts may set, in small letters; empty for any
 * @param exposedHeaders the header fields of answers that their scripts may read
 * @param credentials whether the browser may send cookies and the like, and show the answer
 * @param maxAge how long a browser may remember the answer to a preflight, in whole seconds
 * @param privateNetwork whether pages of public sites may reach a server in a private network
 */
public record CorsPolicy(
        AllowedOrigins origins,
        Set<Method> methods,
        Set<String> headers,
        List<String> exposedHeaders,
        boolean credentials,
        Duration maxAge,
        boolean privateNetwork) {
    /** The longest time that a browser may be asked to remember an answer; none does so for longer. */
    public static final Duration MAX_AGE = Duration.ofDays(1);

    /** Copies the collections. */
    public CorsPolicy {
        methods = Set.copyOf(methods);
        headers = headers.stream().map(name -> name.toLowerCase(Locale.ROOT)).collect(Collectors.toUnmodifiableSet());
        exposedHeaders = List.copyOf(exposedHeaders);
    }

    /** What is wrong with a name of a request method, if anything is: names are case-sensitive. */
    public static Optional<String> methodFault(String name) {
        return Tokens.isToken(name) && name.equals(name.toUpperCase(Locale.ROOT)) && !name.equals("*")
                ? Optional.empty()
                : Optional.of("\"" + name + "\" is no request method, such as GET; for all that there are, name none");
    }

    /** What is wrong with a name of a header field, if anything is. */
    public static Optional<String> headerFault(String name) {
        return Tokens.isToken(name) && !name.equals("*")
                ? Optional.empty()
                : Optional.of("\"" + name + "\" is no name of a header field");
    }

    /** What an annotation says, where {@link CrossOriginAudit} has found nothing wrong. */
    static CorsPolicy of(CrossOrigin declared, AllowedOrigins ofSettings) {
        List<String> origins = List.of(declared.origins());
        return new CorsPolicy(
                origins.isEmpty() ? ofSettings : AllowedOrigins.of(origins),
                Stream.of(declared.methods()).map(Method::of).collect(Collectors.toSet()),
                Set.of(declared.headers()),
                List.of(declared.exposed()),
                declared.credentials(),
                Duration.ofSeconds(declared.maxAgeSeconds()),
                declared.privateNetwork());
    }

    /** Whether a page of this origin may use this method; GET stands for HEAD too. */
    boolean allows(List<String> origin, Method method) {
        return allows(method) && origins.allows(origin);
    }

    boolean allows(Method method) {
        return methods.isEmpty()
                || methods.contains(method)
                || method.equals(Method.HEAD) && methods.contains(Method.GET);
    }

    /** Whether a page's script may set this header field. */
    boolean allowsHeader(String name) {
        return headers.isEmpty() || headers.contains(name.toLowerCase(Locale.ROOT));
    }

    /** Whether answers are the same for all origins, so that they needn't depend on the request's. */
    boolean isOpen() {
        return origins.isAny();
    }
}
