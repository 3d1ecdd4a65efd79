package dev.bistro.sample.shop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.when;

import dev.bistro.http.ConflictException;
import dev.bistro.http.UnprocessableContentException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mockito.InjectMocks;
import org.mockito.Mock;
import org.mockito.junit.jupiter.MockitoExtension;

/** The checkout without a database. */
@ExtendWith(MockitoExtension.class)
class CheckoutTest {
    @Mock
    Catalog catalog;

    @Mock
    Orders orders;

    @InjectMocks
    Checkout checkout;

    private static Product tea(int stock) {
        return new Product(7, "Tea", new BigDecimal("3.50"), "🍵", stock, 2);
    }

    @Test
    void takesFromTheStockAndKeepsTheOrder() {
        var order = new Order(UUID.randomUUID(), 7, "Tea", new BigDecimal("3.50"), 2, Instant.EPOCH);
        when(catalog.take(7, 2)).thenReturn(true);
        when(catalog.find(7)).thenReturn(Optional.of(tea(1)));
        when(orders.add(tea(1), 2)).thenReturn(order);
        assertEquals(order, checkout.place(new NewOrder(7, 2)));
    }

    @ParameterizedTest
    @CsvSource({"0, Tea is sold out", "1, Only 1 of Tea is left", "2, Only 2 of Tea are left"})
    void saysHowMuchIsLeft(int stock, String said) {
        when(catalog.find(7)).thenReturn(Optional.of(tea(stock)));
        var refused = assertThrows(ConflictException.class, () -> checkout.place(new NewOrder(7, 3)));
        assertEquals(said, refused.detail());
        verifyNoInteractions(orders);
    }

    @Test
    void knowsNoSuchProduct() {
        assertThrows(UnprocessableContentException.class, () -> checkout.place(new NewOrder(8, 1)));
    }
}
