package dev.bistro.sample.shop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import dev.bistro.http.BadRequestException;
import dev.bistro.http.NotFoundException;
import dev.bistro.http.Response;
import dev.bistro.http.Status;
import dev.bistro.http.UnprocessableContentException;
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
    private static final Product TEA = new Product(7, "Tea", new BigDecimal("3.50"), "🍵");

    @Mock
    Catalog catalog;

    @InjectMocks
    ProductController controller;

    private static NewProduct tea(String name, String price) {
        return new NewProduct(name, new BigDecimal(price), Optional.of("🍵"));
    }

    @Test
    void listsAPageWithTheCountOfAll() {
        when(catalog.list(1, 2)).thenReturn(List.of(TEA));
        when(catalog.count()).thenReturn(12);
        assertEquals(new ProductList(List.of(TEA), 12), controller.list(1, 2));
    }

    @Test
    void refusesALimitThatIsOutOfRange() {
        var fault = assertThrows(BadRequestException.class, () -> controller.list(101, 0));
        assertEquals("limit", fault.errors().get(0).name());
        assertThrows(BadRequestException.class, () -> controller.list(1, -1));
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
        assertThrows(NotFoundException.class, () -> controller.replace(8, tea("Tea", "1")));
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
    void refusesAProductThatIsNotValidWithEveryField() {
        var fault = assertThrows(UnprocessableContentException.class, () -> controller.add(tea(" ", "1.999")));
        assertEquals(
                List.of("/name", "/price"),
                fault.errors().stream().map(e -> e.name()).toList());
        verify(catalog, never()).add(any());
    }
}
