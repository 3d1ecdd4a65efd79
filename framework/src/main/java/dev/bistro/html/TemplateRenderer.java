package dev.bistro.html;

import java.io.IOException;
import java.io.Writer;

/**
 * Renders views with a template library. A class of the application that implements it is found at startup and created
 * by injection. It must have the library escape values: Bistro can't do that for it.
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
     * Writes the page of a view. Called by many threads at once. If it throws, the response is a 500, and nothing of
     * the page is sent.
     *
     * @throws IOException if the template can't be read
     */
    void render(View view, Writer page) throws IOException;
}
