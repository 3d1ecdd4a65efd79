package dev.bistro.http;

import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A request method: a registered one, or any other token. Names are case-sensitive, and methods of the same name are
 * equal.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-9">RFC 9110, section 9</a>
 */
public final class Method {
    public static final Method GET = new Method("GET", true);
    public static final Method HEAD = new Method("HEAD", true);
    public static final Method POST = new Method("POST", false);
    public static final Method PUT = new Method("PUT", false);
    public static final Method PATCH = new Method("PATCH", false);
    public static final Method DELETE = new Method("DELETE", false);
    public static final Method OPTIONS = new Method("OPTIONS", true);
    public static final Method QUERY = new Method("QUERY", true);
    public static final Method TRACE = new Method("TRACE", true);
    public static final Method CONNECT = new Method("CONNECT", false);

    private static final Map<String, Method> KNOWN = Stream.of(
                    GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS, QUERY, TRACE, CONNECT)
            .collect(Collectors.toUnmodifiableMap(Method::name, Function.identity()));

    private final String name;
    private final boolean safe;

    private Method(String name, boolean safe) {
        this.name = name;
        this.safe = safe;
    }

    /**
     * The method of a name: {@code Method.of("PROPFIND").name()} is {@code "PROPFIND"}, {@code Method.of("GET")} is
     * {@link #GET}.
     *
     * @throws IllegalArgumentException if the name is not a token (RFC 9110, section 5.6.2)
     */
    public static Method of(String name) {
        Method known = KNOWN.get(name);
        return known != null ? known : new Method(Tokens.requireToken("method", name), false);
    }

    /** The name as it stands in a request line: {@code "GET"}. */
    public String name() {
        return name;
    }

    /** Whether a request with this method only reads (RFC 9110, section 9.2.1); false for an unregistered method. */
    public boolean isSafe() {
        return safe;
    }

    @Override
    public boolean equals(Object other) {
        return this == other || other instanceof Method method && name.equals(method.name);
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }

    @Override
    public String toString() {
        return name;
    }
}
