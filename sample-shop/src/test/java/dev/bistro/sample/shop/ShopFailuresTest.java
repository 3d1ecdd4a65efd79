package dev.bistro.sample.shop;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.when;

import dev.bistro.testing.BistroTest;
import dev.bistro.testing.TestClient;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.mockito.Mock;

/** The shop with a catalog that does as it is told. */
@BistroTest(ShopApplication.class)
class ShopFailuresTest {
    @Mock
    Catalog catalog;

    @Inject
    TestClient client;

    @Test
    void saysNothingOfWhatFailedToClients() {
        when(catalog.list(any())).thenThrow(new IllegalStateException("secret of the catalog"));
        client.get("/api/products").send().assertProblem(500).assertContainsNot("secret");
        client.get("/api/products")
                .accept("text/html")
                .send()
                .assertStatus(500)
                .assertType("text/html")
                .assertContainsNot("secret");
    }

    @Test
    void goesOnAfterAFailure() {
        when(catalog.list(any()))
                .thenThrow(new IllegalStateException("only once"))
                .thenReturn(new ProductPage(List.of(), 0, Optional.empty()));
        client.get("/api/products").send().assertProblem(500);
        client.get("/api/products").send().assertStatus(200).assertText("{\"products\":[],\"count\":0}");
    }
}
