package dev.bistro.html;

import java.util.Objects;

/**
 * Markup that is safe to send: values were escaped for their place in the template. A controller that returns it
 * answers with {@code text/html;charset=utf-8}. Immutable.
 *
 * <pre>{@code
 * Html items = Html.of("<ul>{}</ul>", products.stream()
 *         .map(p -> Html.of("<li><a href=\"/products/{}\" title=\"{}\">{}</a></li>", p.id(), p.name(), p.name()))
 *         .toList());
 * Html.of("<p>{}</p>", "a < b");                      // <p>a &lt; b</p>
 * Html.of("<a href=\"{}\">x</a>", "javascript:f()");  // <a href="about:invalid">x</a>
 * }</pre>
 *
 * <p>The template is a text of the program. It must never be put together from values. What {@code {}} takes depends on
 * its place:
 *
 * <ul>
 *   <li>in the content of an element: a text, which is escaped; an {@code Html}, which is inserted as it is; an
 *       {@code Iterable}, an {@code Optional} or an array of them;
 *   <li>in the quotes of an attribute: a text;
 *   <li>as the whole value of an attribute that holds an address ({@code href}, {@code src}, {@code action}, …): an
 *       address that is relative, or has the scheme {@code http}, {@code https}, {@code mailto} or {@code tel}; any
 *       other becomes {@code about:invalid};
 *   <li>as a part of such a value: a text, which is percent-encoded, so that no slash or {@code &} in it leads
 *       elsewhere;
 *   <li>as the whole value of a boolean attribute ({@code checked}, {@code disabled}, …): a boolean, which says whether
 *       the attribute is written.
 * </ul>
 *
 * <p>Anywhere else it is refused: in a script or style, in an attribute that is a script or style ({@code onclick},
 * {@code style}), in a comment, outside of quotes, as a name, and where it would say which code is loaded. Literal
 * braces are written {@code &#123;}}.
 *
 * @see <a href="https://html.spec.whatwg.org/multipage/parsing.html">HTML, section 13.2: how a page is read</a>
 */
public final class Html {
    /** Empty markup. */
    public static final Html EMPTY = new Html("");

    private final String markup;

    private Html(String markup) {
        this.markup = markup;
    }

    /**
     * Puts values into a template. Templates are parsed once and cached.
     *
     * @throws IllegalArgumentException if the template isn't safe, if it ends within a tag or comment, if the number of
     *     values isn't that of its places, or if a value can't be put into its place
     */
    public static Html of(String template, Object... values) {
        return new Html(HtmlTemplate.of(template).fill(values));
    }

    /** A text, escaped: {@code text("a < b")} is {@code a &lt; b}. */
    public static Html text(String text) {
        return new Html(Escaping.escape(text));
    }

    /**
     * Markup that is inserted as it is, because something else made it safe, such as a template library or a sanitizer.
     * Never pass text of a user: it could contain a script.
     */
    public static Html trusted(String markup) {
        return new Html(Objects.requireNonNull(markup));
    }

    /** The markup. */
    @Override
    public String toString() {
        return markup;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Html html && markup.equals(html.markup);
    }

    @Override
    public int hashCode() {
        return markup.hashCode();
    }
}
