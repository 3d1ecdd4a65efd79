package dev.bistro.html;

/**
 * A page by the name of its template: what a controller returns for the application's {@link TemplateRenderer} to render.
 *
 * <pre>{@code
 * @Get("/products")
 * View products() { return View.of("products", catalog.list()); }
 * }</pre>
 *
 * @param name the template's name, as its library knows it; never text that came with a request
 * @param model what the template shows
 */
public record View(String name, Object model) {
    /** A view of a template that shows a model. */
    public static View of(String name, Object model) {
        return new View(name, model);
    }
}
