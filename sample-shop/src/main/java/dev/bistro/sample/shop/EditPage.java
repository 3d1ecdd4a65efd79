package dev.bistro.sample.shop;

import dev.bistro.annotation.BeanParam;
import dev.bistro.annotation.FormParam;
import dev.bistro.annotation.Get;
import dev.bistro.annotation.Header;
import dev.bistro.annotation.Post;
import dev.bistro.annotation.RolesAllowed;
import dev.bistro.annotation.Route;
import dev.bistro.html.Html;
import dev.bistro.http.NotFoundException;
import dev.bistro.http.Response;
import dev.bistro.http.Status;
import jakarta.inject.Inject;

/** The page of one product, to change or delete it. Its address keeps what was listed, and leads back there. */
@Route("/products/{id:\\d+}")
@RolesAllowed(ShopLogins.ADMIN)
final class EditPage {
    private final Catalog catalog;

    @Inject
    EditPage(Catalog catalog) {
        this.catalog = catalog;
    }

    /**
     * Shows a form to change the product.
     *
     * @return The page.
     */
    @Get
    @Header(name = "Cache-Control", value = "private, no-cache")
    @Header(name = "Content-Security-Policy", value = Page.CONTENT_SECURITY_POLICY)
    Html edit(long id, @BeanParam ProductQuery query) {
        Product product = find(id);
        return form(product, NewProduct.of(product), Html.EMPTY, query);
    }

    /**
     * Saves the product, if nobody else has changed it since the form was shown.
     *
     * @param version the one that the form showed
     * @return The list, or the form once more with both versions.
     */
    @Post
    Response<?> save(long id, @FormParam long version, @FormParam NewProduct product, @BeanParam ProductQuery query) {
        Replacement replacement = catalog.replace(id, version, product).orElseThrow(EditPage::unknown);
        if (replacement instanceof Replacement.Changed changed) {
            Html warning =
                    Page.warning("Somebody else has changed this product meanwhile. Nothing is saved yet: look at"
                            + " what it is now, and save it once more if you want yours.");
            return Response.status(Status.CONFLICT)
                    .withBody(form(changed.now(), product, warning, query))
                    .withHeader("Content-Security-Policy", Page.CONTENT_SECURITY_POLICY);
        }
        return Response.seeOther(query.address("/", "done=saved"));
    }

    /**
     * Asks whether the product is to be deleted.
     *
     * @return The page.
     */
    @Get("/deletion")
    @Header(name = "Cache-Control", value = "private, no-cache")
    @Header(name = "Content-Security-Policy", value = Page.CONTENT_SECURITY_POLICY)
    Html confirm(long id, @BeanParam ProductQuery query) {
        String name = find(id).name();
        return Page.of("Delete " + name + "?", Html.of("""
                        <main>
                        <h1>Delete {}?</h1>
                        <form class="fields" method="post">
                        <p><button class="danger">Delete</button> <a href="{}">Keep it</a></p>
                        </form>
                        </main>
                        """, name, query.address("/")));
    }

    /**
     * Deletes the product; it is no fault if somebody else was faster.
     *
     * @return The list.
     */
    @Post("/deletion")
    Response<Void> delete(long id, @BeanParam ProductQuery query) {
        catalog.remove(id);
        return Response.seeOther(query.address("/", "done=deleted"));
    }

    private Product find(long id) {
        return catalog.find(id).orElseThrow(EditPage::unknown);
    }

    private static NotFoundException unknown() {
        return new NotFoundException("Product not found");
    }

    /** The form for a product as it is now, filled in with what the reader makes of it. */
    private static Html form(Product now, NewProduct yours, Html warning, ProductQuery query) {
        return Page.of(
                "Change " + now.name(),
                Html.of(
                        """
                        <main>
                        <h1>Change {}</h1>
                        {}<form class="fields" method="post">
                        <input type="hidden" name="version" value="{}">
                        {}<p><button>Save</button> <a href="{}">{}</a></p>
                        </form>
                        </main>
                        """,
                        now.name(),
                        warning,
                        now.version(),
                        ProductFields.of(yours, now),
                        query.address("/"),
                        warning.equals(Html.EMPTY) ? "Cancel" : "Leave it as it is now"));
    }
}
