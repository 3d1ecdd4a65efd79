package dev.bistro.html;

import java.util.Objects;

/**
 * Markup that is safe to send: whatever was put into its template was escaped for the place where it stands. A controller that returns it answers
 * {@code text/html;charset=utf-8}. Immutable.
 *
 * <pre>{@code
 * Html items = Html.of("<ul>{}</ul>", products.stream()
 *         .map(p -> Html.of("<li><a href=\"/products/{}\" title=\"{}\">{}</a></li>", p.id(), p.name(), p.name()))
 *         .toList());
 * Html.of("<p>{}</p>", "a < b");                      // <p>a &lt; b</p>
 * Html.of("<a href=\"{}\">x</a>", "javascript:f()");  // <a href="about:invalid">x</a>
 * }</pre>
 *
 * <p>The template is text of the program's, never one that was put together of values. What {@code {}} means depends on where it stands:
 *
 * <ul>
 *   <li>in the content of an element: a text, which is escaped; an {@code Html}, which is taken as it is; an {@code Iterable}, an {@code Optional} or an array
 *       of them;
 *   <li>in the quotes of an attribute: a text;
 *   <li>as the whole value of an attribute that holds an address ({@code href}, {@code src}, {@code action}, …): an address that is relative, or of
 *       {@code http}, {@code https}, {@code mailto} or {@code tel}; any other becomes {@code about:invalid};
 *   <li>in a part of such a value: a text, which is percent-encoded, so that no slash or {@code &} in it leads elsewhere;
 *   <li>as the whole value of an attribute that is there or not ({@code checked}, {@code disabled}, …): a boolean.
 * </ul>
 *
 * <p>Anywhere else it is refused: in a script or style, in an attribute that is one ({@code onclick}, {@code style}), in a comment, outside of
 * quotes, as a name, and where it would say which code is loaded. Two braces that are meant as such are written {@code &#123;}}.
 *
 * @see <a href="https://html.spec.whatwg.org/multipage/parsing.html">HTML, section 13.2: how a page is read</a>
 */
public final class Html {
    /** Nothing. */
    public static final Html EMPTY = new Html("");

    private final String markup;

    private Html(String markup) {
        this.markup = markup;
    }

    /**
     * Puts values into a template. A template is read once, and kept.
     *
     * @throws IllegalArgumentException if the template isn't safe or doesn't end where it began (within a tag, say), if there are more or fewer values
     *     than places, or if a value isn't of a kind that can stand in its place
     */
    public static Html of(String template, Object... values) {
        return new Html(HtmlTemplate.of(template).fill(values));
    }

    /** A text, escaped: {@code text("a < b")} is {@code a &lt; b}. */
    public static Html text(String text) {
        return new Html(Escaping.escape(text));
    }

    /**
     * Markup that somebody else answers for, such as a template library or a sanitizer: it is taken as it is. With a text that anybody else
     * wrote, this is a hole for scripts.
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
