package dev.bistro.inject;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.bistro.annotation.Bean;
import dev.bistro.annotation.Factory;
import dev.bistro.startup.Problems;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Generic types, which are told apart by their arguments. */
class GenericInjectionTest {
    record Order() {}

    record Item() {}

    interface Repository<T> {}

    static final class Orders implements Repository<Order> {}

    abstract static class Stored<T> implements Repository<T> {}

    static final class Items extends Stored<Item> {}

    private static <T> T make(Class<T> root, Class<?>... components) {
        var problems = new Problems();
        Container container = new ContainerBuilder(problems)
                .components(List.of(components))
                .root(root)
                .build();
        problems.throwIfAny();
        container.start();
        return container.get(root);
    }

    static final class Office {
        @Inject
        Repository<Order> orders;

        @Inject
        Repository<? extends Item> items;

        @Inject
        List<Repository<?>> all;

        @Inject
        List<? extends Repository<Order>> some;

        @Inject
        Optional<Repository<String>> none;
    }

    @Test
    void tellsImplementationsApartByTheirArguments() {
        Office office = make(Office.class, Orders.class, Items.class);
        assertInstanceOf(Orders.class, office.orders);
        assertInstanceOf(Items.class, office.items);
        assertEquals(2, office.all.size());
        assertEquals(1, office.some.size());
        assertEquals(Optional.empty(), office.none);
    }

    @Singleton
    static final class Cached<T> implements Repository<T> {
        final List<Codec<T>> codecs;

        @Inject
        Cached(List<Codec<T>> codecs) {
            this.codecs = codecs;
        }
    }

    interface Codec<T> {}

    static final class OrderCodec implements Codec<Order> {}

    static final class ItemCodec implements Codec<Item> {}

    static final class Shop {
        final Repository<Order> orders;
        final Repository<Item> items;
        final Cached<Order> cached;

        @Inject
        Shop(Repository<Order> orders, Repository<Item> items, Cached<Order> cached) {
            this.orders = orders;
            this.items = items;
            this.cached = cached;
        }
    }

    @Test
    void makesAGenericClassForTheArgumentsThatAreAskedFor() {
        Shop shop = make(Shop.class, Cached.class, OrderCodec.class, ItemCodec.class);
        assertSame(shop.cached, shop.orders, "one singleton for each type");
        assertInstanceOf(OrderCodec.class, shop.cached.codecs.get(0));
        assertInstanceOf(ItemCodec.class, ((Cached<Item>) shop.items).codecs.get(0));
    }

    abstract static class Handler<T> {
        @Inject
        Repository<T> repository;

        Codec<T> codec;

        @Inject
        void codec(Codec<T> given) {
            codec = given;
        }
    }

    static final class OrderHandler extends Handler<Order> {}

    @Test
    void knowsWhatAVariableOfASuperclassStandsFor() {
        OrderHandler handler = make(OrderHandler.class, Orders.class, Items.class, OrderCodec.class, ItemCodec.class);
        assertInstanceOf(Orders.class, handler.repository);
        assertInstanceOf(OrderCodec.class, handler.codec);
    }

    @Factory
    static final class Beans {
        @Bean
        static Map<String, List<Integer>> limits() {
            return Map.of("a", List.of(1));
        }

        @Bean
        Map<String, List<String>> names() {
            return Map.of("b", List.of("x"));
        }

        @Bean
        List<String> list() {
            return List.of("one", "two");
        }

        @Bean
        int number() {
            return 7;
        }
    }

    static final class Reader {
        @Inject
        Map<String, List<Integer>> limits;

        @Inject
        Map<String, List<String>> names;

        @Inject
        List<String> list;

        @Inject
        Provider<List<String>> later;

        @Inject
        Integer number;
    }

    @Test
    void takesBeansByTheirWholeType() {
        Reader reader = make(Reader.class, Beans.class);
        assertEquals(List.of(1), reader.limits.get("a"));
        assertEquals(List.of("x"), reader.names.get("b"));
        assertEquals(List.of("one", "two"), reader.list, "a bean that is a list, and not a list of all strings");
        assertEquals(reader.list, reader.later.get());
        assertEquals(7, reader.number);
    }
}
