package dev.bistro.session;

import dev.bistro.http.Request;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the application remembers of a browser from one request to the next. A handler takes it as a parameter, a filter
 * asks for it by {@link #of}. There is nothing until something is set: a request without a session has an empty one,
 * and the browser gets no cookie.
 *
 * <pre>{@code
 * @Post("/cart")
 * Response<Void> add(Session session, @FormParam String sku) {
 *     Cart cart = session.get("cart", Cart.class).orElse(Cart.EMPTY);
 *     session.set("cart", cart.plus(sku));
 *     return Response.seeOther("/cart");
 * }
 * }</pre>
 *
 * <p>Values are kept as JSON: what {@link #get} returns is a copy, and changes to it count only if they are set again.
 *
 * <p>A session can be read for as long as there is its request, and changed until the head of the answer is sent:
 * before a handler returns, or before the {@code CompletionStage} that it returned is completed. After that, each
 * change is an {@link IllegalStateException}. A change counts whatever the answer is, an error too.
 *
 * <p>Sessions are in the browser's cookie, encrypted, unless there is a {@link SessionStore} or the setting
 * {@code session.store} says otherwise. Safe for use by many threads.
 */
public interface Session {
    /**
     * The session of a request.
     *
     * @throws IllegalStateException if the request isn't one of a server or of {@code MockRequest}
     */
    static Session of(Request request) {
        return request.attribute(Session.class.getName())
                .map(Session.class::cast)
                .orElseThrow(() -> new IllegalStateException("The request has no session: who made it?"));
    }

    /**
     * The value of this name: {@code get("cart", Cart.class)}. Empty if there is none, and if it can't be read as the
     * type, since an older version of the application has set it; the log has a warning then.
     *
     * @throws IllegalArgumentException if JSON can't be read as such a type at all
     */
    <T> Optional<T> get(String name, Class<T> type);

    /**
     * The list of this name: {@code getList("seen", Sku.class)}; empty in the same cases as {@link #get}, and if the
     * list is. Other generic types are read as a component of a record.
     */
    <T> List<T> getList(String name, Class<T> element);

    /**
     * The value of this name, which is removed. It is for what one page leaves to the next, after a redirect:
     * {@code take("notice", String.class)}. Of several requests at once, one gets it if sessions are in memory or in a
     * store; where they are in the cookie, each does.
     */
    <T> Optional<T> take(String name, Class<T> type);

    /**
     * Sets a value. Where there is no session, one begins.
     *
     * @throws SessionTooLargeException if the session has no room for it; it stays as it was
     * @throws IllegalStateException if the head of the answer has been sent
     */
    void set(String name, Object value);

    /**
     * Removes a value, if there is one.
     *
     * @throws IllegalStateException if the head of the answer has been sent
     */
    void remove(String name);

    /** The names of all values. */
    Set<String> names();

    /** The user that has logged in: what was given to {@link #login}. */
    Optional<String> user();

    /** The roles that were given to {@link #login}: the user's at that time. Empty if nobody has logged in. */
    Set<String> roles();

    /** When the session has begun, or its user has logged in; empty if there is none. */
    Optional<Instant> createdAt();

    /**
     * Notes that this user has logged in, in these roles: {@code session.login("ada", "admin")}. From now on, in this
     * request too, and until the session ends, it is the login of the browser's requests: {@code @RolesAllowed},
     * {@link Request#principal} and parameters that take the login see it, unless other credentials come first.
     *
     * <p>The session gets a new id, so that nobody who knew the old one shares the login, and begins anew to count its
     * age. Its values stay.
     *
     * <p>The session keeps the name and the roles, and no other part of a principal. The roles are those of this
     * moment: an {@code Authenticator.session(…)} of the application's finds the user's record and roles anew for each
     * request.
     *
     * @param user what the application knows the user by, in all sessions: {@code "ada"}, {@code "42"}
     * @param roles what {@code @RolesAllowed} asks for
     * @throws IllegalArgumentException if the name is empty
     * @throws SessionTooLargeException if the session has no room for them; it stays as it was
     * @throws IllegalStateException if the head of the answer has been sent
     */
    void login(String user, Collection<String> roles);

    /** The same with the roles one by one, or without any: {@code session.login("ada")}. */
    default void login(String user, String... roles) {
        login(user, List.of(roles));
    }

    /**
     * Gives the session a new id, which a change of rights calls for. Values, user and age stay. Nothing happens where
     * there is no session.
     *
     * @throws IllegalStateException if the head of the answer has been sent
     */
    void renew();

    /**
     * Ends the session, as a logout does: its values and its user are gone, and a copy of the cookie is worth nothing.
     * The request has no login by it any more. What is set afterwards begins another session.
     *
     * @throws IllegalStateException if the head of the answer has been sent
     */
    void end();

    /**
     * Ends all sessions of the {@link #user}, on other devices too; this one alone, if nobody has logged in.
     *
     * @throws IllegalStateException if the head of the answer has been sent
     * @see Sessions#endAllOf
     */
    void endAll();
}
