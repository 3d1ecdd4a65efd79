package dev.bistro.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.mockito.Mockito.when;

import dev.bistro.annotation.Bean;
import dev.bistro.annotation.Factory;
import dev.bistro.annotation.Get;
import dev.bistro.annotation.Route;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import org.junit.jupiter.api.Test;
import org.mockito.Mock;

/**
 * Mocks of generic types, and with qualifiers: they take the place of what the application would inject by the same
 * type and name.
 */
@BistroTest(
        value = MockedTypesTest.class,
        classes = {MockedTypesTest.Shop.class, MockedTypesTest.Stores.class})
class MockedTypesTest extends MocksOfStores<MockedTypesTest.Price> {
    record Order(int id) {}

    record Price(int cents) {}

    interface Store<T> {
        String name();
    }

    @Factory
    static class Stores {
        @Bean
        Store<Order> orders() {
            return () -> "orders";
        }

        @Bean
        Store<Price> prices() {
            return () -> "prices";
        }

        @Bean
        @Named("main")
        Store<Order> main() {
            return () -> "main";
        }

        @Bean
        @Named("spare")
        Store<Order> spare() {
            return () -> "spare";
        }
    }

    @Route("/stores")
    static class Shop {
        private final Store<?>[] stores;

        @Inject
        Shop(
                Store<Order> orders,
                Store<Price> prices,
                @Named("main") Store<Order> main,
                @Named("spare") Store<Order> spare) {
            this.stores = new Store<?>[] {orders, prices, main, spare};
        }

        @Get
        String list() {
            var all = new StringBuilder();
            for (Store<?> store : stores) {
                all.append(store.name()).append(' ');
            }
            return all.toString().strip();
        }
    }

    @Mock
    Store<Order> orders;

    @Mock
    @Named("main")
    Store<Order> main;

    @Inject
    TestClient client;

    @Inject
    @Named("spare")
    Store<Order> spare;

    @Inject
    @Named("main")
    Store<Order> injectedMain;

    @Test
    void takeThePlaceOfWhatIsInjectedByTheirTypeAndQualifier(@Named("spare") Store<Order> parameter) {
        when(orders.name()).thenReturn("mocked-orders");
        when(inherited.name()).thenReturn("mocked-prices");
        when(main.name()).thenReturn("mocked-main");
        assertEquals(
                "mocked-orders mocked-prices mocked-main spare",
                client.get("/stores").send().text());
        assertEquals("spare", spare.name());
        assertEquals("spare", parameter.name());
        assertSame(main, injectedMain);
    }
}

/** What tests of several stores have in common. */
abstract class MocksOfStores<T> {
    @Mock
    MockedTypesTest.Store<T> inherited;
}
