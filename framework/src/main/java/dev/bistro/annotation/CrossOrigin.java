package dev.bistro.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says that pages of other origins may use a method (or each method of a controller, or open the sessions of a
 * {@code @WebSocket} class): their scripts may read the answers (CORS), and their requests aren't refused as forged.
 *
 * <pre>{@code
 * @Route("/prices")
 * @CrossOrigin(origins = {"https://shop.example", "https://*.partner.example"}, exposed = "ETag")
 * final class PriceController {
 *     @Get("/{id}") Price find(long id) { … }
 *
 *     @Put("/{id}") @CrossOrigin(origins = "https://admin.example", credentials = true)
 *     void change(long id, Price price) { … }
 * }
 *
 * // OPTIONS /prices/7 with Origin: https://admin.example and Access-Control-Request-Method: PUT is answered with 204,
 * // Access-Control-Allow-Origin: https://admin.example, Access-Control-Allow-Methods: PUT, …
 * }</pre>
 *
 * <p>The nearest annotation counts, as a whole: the one on the method, then on the methods that it overrides, then on
 * the class, then above it. It takes the place of the settings {@code security.cors.…} for these routes. Preflights are
 * answered from the list of routes, before any filter is asked.
 *
 * <p>Who wants this for all routes, files and errors too, sets {@code security.cors.origins}.
 *
 * @see <a href="https://fetch.spec.whatwg.org/#http-cors-protocol">Fetch Standard, CORS protocol</a>
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface CrossOrigin {
    /**
     * The origins: {@code https://shop.example}, with the port if it isn't the usual one;
     * {@code https://*.shop.example} for all hosts that have one more label before these; or {@code *} for all, also of
     * pages without an origin. Empty for those of the setting {@code security.cors.origins}.
     */
    String[] origins() default {};

    /** The request methods that may be used, of those that there are here; empty for all of them. */
    String[] methods() default {};

    /** The header fields that a page's script may set; empty for any. */
    String[] headers() default {};

    /** The header fields of answers that a page's script may read, besides the few that it always may. */
    String[] exposed() default {};

    /**
     * Whether pages may send requests with cookies, client certificates and logins that the browser remembers. The
     * origins have to be named then: {@code *} together with this is a startup fault.
     */
    boolean credentials() default false;

    /** How many seconds a browser may remember the answer to a preflight. */
    int maxAgeSeconds() default 1800;

    /**
     * Whether pages of public sites may use this where the server is in a private network.
     *
     * @see <a href="https://wicg.github.io/private-network-access/">Private Network Access</a>
     */
    boolean privateNetwork() default false;
}
