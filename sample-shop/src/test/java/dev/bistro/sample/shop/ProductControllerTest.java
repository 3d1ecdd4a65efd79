package dev.bistro.sample.shop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.mockito.Mockito.when;

import dev.bistro.http.NotFoundException;
import dev.bistro.http.Response;
import dev.bistro.http.Status;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.mockito.InjectMocks;
import org.mockito.Mock;
import org.mockito.junit.jupiter.MockitoExtension;

/** The controller as the plain object that it is: no server, no request. */
@ExtendWith(MockitoExtension.class)
class ProductControllerTest {
    private static final Product TEA = new Product(7, "Tea", new BigDecimal("3.50"), "🍵", 5, 1);

    @Mock
    Catalog catalog;

    @InjectMocks
    ProductController controller;

    private static NewProduct tea(String name, String price) {
        return new NewProduct(name, new BigDecimal(price), Optional.of("🍵"), 5);
    }

    private static ProductQuery query(String q, Optional<Cursor> cursor) {
        return new ProductQuery(Optional.of(q), Sort.DEAREST, cursor, 1);
    }

    @Test
    void listsAPageAndSaysWhereTheNextOneIs() {
        Cursor behind = Cursor.behind(TEA, Sort.DEAREST);
        when(catalog.list(query("ä & b", Optional.empty())))
                .thenReturn(new ProductPage(List.of(TEA), 12, Optional.of(behind)));
        String address = "/api/products?q=%C3%A4+%26+b&sort=-price&limit=1";
        assertEquals(
                new ProductList(List.of(TEA), 12, List.of("<" + address + "&cursor=" + behind + ">; rel=\"next\"")),
                controller.list(query("ä & b", Optional.empty())));
        when(catalog.list(query("ä & b", Optional.of(behind))))
                .thenReturn(new ProductPage(List.of(), 12, Optional.empty()));
        assertEquals(
                new ProductList(List.of(), 12, List.of("<" + address + ">; rel=\"first\"")),
                controller.list(query("ä & b", Optional.of(behind))));
    }

    @Test
    void findsAProduct() {
        when(catalog.find(7)).thenReturn(Optional.of(TEA));
        assertEquals(TEA, controller.find(7));
    }

    @Test
    void saysThatAProductIsNotFound() {
        assertEquals(
                "Product not found",
                assertThrows(NotFoundException.class, () -> controller.find(8)).detail());
        assertThrows(NotFoundException.class, () -> controller.remove(8));
        assertThrows(NotFoundException.class, () -> controller.replace(8, 1, tea("Tea", "1")));
    }

    @Test
    void addsAProductAndSaysWhereItIs() {
        when(catalog.add(tea("Tea", "3.50"))).thenReturn(TEA);
        Response<Product> response = controller.add(tea("Tea", "3.50"));
        assertEquals(Status.CREATED, response.status());
        assertEquals("/api/products/7", response.headers().first("Location").orElseThrow());
        assertEquals(TEA, response.body().orElseThrow());
    }

    @Test
    void replacesAProductAtTheVersionThatTheClientHas() {
        var replaced = new Replacement.Replaced(TEA);
        when(catalog.replace(7, 1, tea("Tea", "3.50"))).thenReturn(Optional.of(replaced));
        assertEquals(replaced, controller.replace(7, 1, tea("Tea", "3.50")));
    }
}
