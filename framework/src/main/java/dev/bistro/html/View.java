package dev.bistro.html;

/**
 * A page by the name of its template. A controller returns it, and the application's {@link TemplateRenderer} renders
 * it.
 *
 * <pre>{@code
 * @Get("/products")
 * View products() { return View.of("products", catalog.list()); }
 * }</pre>
 *
 * @param name the template's name, as the library knows it; must not come from a request
 * @param model the data that the template shows
 */
public record View(String name, Object model) {
    /** A view of a template that shows a model. */
    public static View of(String name, Object model) {
        return new View(name, model);
    }
}
