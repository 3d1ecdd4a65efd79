package dev.bistro.sample.shop;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;

/** Keeps the products in memory: they are gone when the shop closes. */
@Singleton
final class InMemoryCatalog implements Catalog {
    private final ConcurrentSkipListMap<Long, Product> products = new ConcurrentSkipListMap<>();
    private final AtomicLong lastId = new AtomicLong();

    @Inject
    InMemoryCatalog(ShopConfig config) {
        if (config.stocked()) {
            add(new NewProduct("Python Book", new BigDecimal("29.99"), Optional.of("📘")));
            add(new NewProduct("Coffee", new BigDecimal("4.99"), Optional.of("☕")));
            add(new NewProduct("Mechanical Keyboard", new BigDecimal("89.99"), Optional.of("⌨️")));
        }
    }

    @Override
    public List<Product> list(int limit, int offset) {
        return products.values().stream().skip(offset).limit(limit).toList();
    }

    @Override
    public int count() {
        return products.size();
    }

    @Override
    public Optional<Product> find(long id) {
        return Optional.ofNullable(products.get(id));
    }

    @Override
    public Product add(NewProduct product) {
        Product added = product.as(lastId.incrementAndGet(), 1);
        products.put(added.id(), added);
        return added;
    }

    @Override
    public Optional<Replacement> replace(long id, long version, NewProduct product) {
        Product old = products.get(id);
        while (old != null && old.version() == version) {
            Product changed = product.as(id, version + 1);
            if (products.replace(id, old, changed)) {
                return Optional.of(new Replacement.Replaced(changed));
            }
            old = products.get(id); // somebody was faster
        }
        return Optional.ofNullable(old).map(Replacement.Changed::new);
    }

    @Override
    public boolean remove(long id) {
        return products.remove(id) != null;
    }
}
