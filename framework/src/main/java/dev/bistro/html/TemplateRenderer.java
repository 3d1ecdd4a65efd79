package dev.bistro.html;

import java.io.IOException;
import java.io.Writer;

/**
 * Renders views by a template library: the port for those that people know. A class of the application's that implements it is found, and made by
 * injection; it should let the library escape what it shows, which Bistro can't do for it.
 *
 * <pre>{@code
 * final class MustacheRenderer implements TemplateRenderer {
 *     private final MustacheFactory factory = new DefaultMustacheFactory("templates");
 *
 *     public void render(View view, Writer page) {
 *         factory.compile(view.name() + ".html").execute(page, view.model());
 *     }
 * }
 * }</pre>
 */
@FunctionalInterface
public interface TemplateRenderer {
    /**
     * Writes the page of a view; called by many threads at once. What it throws is a 500, and nothing of the page is sent then.
     *
     * @throws IOException if the template can't be read
     */
    void render(View view, Writer page) throws IOException;
}
