package dev.bistro.auth;

import dev.bistro.http.HttpException;
import dev.bistro.http.Request;
import dev.bistro.http.Status;
import java.security.Principal;
import java.util.Collection;
import java.util.Collections;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * Who sends a request, and in which roles. The principal is at best a record of the application's own, which handlers
 * then take as a parameter:
 *
 * <pre>{@code
 * record User(String name, String email) implements Principal {
 *     @Override public String getName() { return name; }
 * }
 *
 * Login.of(new User("ada", "ada@example.org"), "admin");
 *
 * @Get("/account") Account account(User user) { … }           // needs a login, else 401
 * @Get("/start") Page start(Optional<User> user) { … }        // doesn't
 * @Get("/rights") Set<String> rights(Login login) { return login.roles(); }
 * }</pre>
 *
 * @param roles what {@code @RolesAllowed} asks for; unmodifiable, ordered by name
 */
public record Login(Principal principal, Set<String> roles) {
    private static final String ATTRIBUTE = Login.class.getName();

    /** Has a {@code Supplier<HttpException>} where the authenticators gave no login. */
    private static final String REFUSAL = Login.class.getName() + ".refusal";

    /** Copies the roles. */
    public Login {
        Objects.requireNonNull(principal, "principal");
        roles = Collections.unmodifiableSet(new TreeSet<>(roles));
    }

    /** A login in these roles. */
    public static Login of(Principal principal, String... roles) {
        return new Login(principal, Set.of(roles));
    }

    /** A login in these roles. */
    public static Login of(Principal principal, Collection<String> roles) {
        return new Login(principal, Set.copyOf(roles));
    }

    /** A login of which no more than the name is known: {@code Login.of("backup", "reader")}. */
    public static Login of(String name, String... roles) {
        return of(new NamedPrincipal(name), roles);
    }

    /**
     * The login of a request; empty if it has none. Found in this order:
     *
     * <ol>
     *   <li>what a filter has recorded, by {@link #set} or by {@link Request#setPrincipal}, which gives no roles
     *   <li>what the first {@link Authenticator} gives that gives any; the last one is that of the session
     *       ({@link Authenticator#session()})
     *   <li>the subject of the {@linkplain Request#clientCertificate() client's certificate}, without roles
     * </ol>
     *
     * The authenticators are asked when this, {@link Request#principal} or a route that needs a login asks for the
     * first time, once for each request.
     */
    public static Optional<Login> find(Request request) {
        return request.principal()
                .map(principal -> request.attribute(ATTRIBUTE)
                        .map(Login.class::cast)
                        .filter(known -> known.principal == principal)
                        .orElseGet(() -> of(principal)));
    }

    /**
     * The login of a request that turns out to need one only in a handler or filter: by a setting, or by what was
     * asked for. Where a route always needs one, declare it.
     *
     * <pre>{@code
     * if (album.isPrivate()) {
     *     Login.require(request);
     * }
     * }</pre>
     *
     * @throws HttpException 401 without one, or with credentials that aren't accepted; 429 after many failures
     */
    public static Login require(Request request) {
        return find(request)
                .orElseThrow(() -> request.attribute(REFUSAL)
                        .map(refusal -> (HttpException) ((Supplier<?>) refusal).get())
                        .orElseGet(() -> new HttpException(Status.UNAUTHORIZED, "A login is needed")));
    }

    /** Records the login of a request, for the filters and the handler that come after the caller. */
    public static void set(Request request, Login login) {
        request.setAttribute(ATTRIBUTE, login);
        request.setPrincipal(login.principal);
    }

    /** Whether this login has the role. */
    public boolean hasRole(String role) {
        return roles.contains(role);
    }

    /** A principal of which no more than the name is known. */
    private record NamedPrincipal(String name) implements Principal {
        NamedPrincipal {
            Objects.requireNonNull(name, "name");
        }

        @Override
        public String getName() {
            return name;
        }
    }
}
