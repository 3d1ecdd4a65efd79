package dev.bistro.sample.shop;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.StatementContext;
import org.jdbi.v3.core.statement.Update;

/**
 * Keeps the products in a table. The SQL is that of H2 and PostgreSQL alike. Each change is one statement that says
 * under which condition it is made, so that two of them at once can't undo each other.
 */
@Singleton
final class SqlCatalog implements Catalog {
    private static final String ALL = "select * from products";

    private final Jdbi jdbi;

    @Inject
    SqlCatalog(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    private static Product product(ResultSet row, StatementContext context) throws SQLException {
        return new Product(
                row.getLong("id"),
                row.getString("name"),
                row.getBigDecimal("price"),
                row.getString("emoji"),
                row.getInt("stock"),
                row.getLong("version"));
    }

    @Override
    public ProductPage list(ProductQuery query) {
        return jdbi.withHandle(handle -> {
            List<Product> found = page(handle, query).map(SqlCatalog::product).list();
            boolean isLast = found.size() <= query.limit();
            List<Product> page = isLast ? found : found.subList(0, query.limit());
            return new ProductPage(
                    page,
                    count(handle, query),
                    isLast ? Optional.empty() : Optional.of(Cursor.behind(page.get(page.size() - 1), query.sort())));
        });
    }

    /** Asks for one product more than the page has, which shows whether there is another page. */
    private static Query page(Handle handle, ProductQuery query) {
        SortKey key = query.sort().key();
        String order = query.sort().isDescending() ? " desc" : "";
        String behind = query.sort().isDescending() ? "<" : ">";
        String sql = ALL + " where name_key like :pattern escape '!'"
                + (query.cursor().isPresent() ? " and (" + key.column() + ", id) " + behind + " (:key, :id)" : "")
                + " order by " + key.column() + order + ", id" + order
                + " limit :limit";
        Query page =
                handle.createQuery(sql).bind("pattern", pattern(query.search())).bind("limit", query.limit() + 1);
        query.cursor()
                .ifPresent(place -> page.bind("key", key.value(place.key())).bind("id", place.id()));
        return page;
    }

    private static int count(Handle handle, ProductQuery query) {
        return handle.createQuery("select count(*) from products where name_key like :pattern escape '!'")
                .bind("pattern", pattern(query.search()))
                .mapTo(int.class)
                .one();
    }

    /** Finds a text anywhere; the characters that stand for others in a pattern stand for themselves. */
    private static String pattern(String text) {
        return "%" + SortKey.ofName(text).replaceAll("[!%_]", "!$0") + "%";
    }

    @Override
    public Optional<Product> find(long id) {
        return jdbi.withHandle(handle -> handle.createQuery(ALL + " where id = :id")
                .bind("id", id)
                .map(SqlCatalog::product)
                .findOne());
    }

    @Override
    public Product add(NewProduct product) {
        String sql = "insert into products (name, name_key, price, emoji, stock, version)"
                + " values (:name, :key, :price, :emoji, :stock, :version)";
        long id = jdbi.withHandle(handle -> bind(handle.createUpdate(sql), product.as(0, 1))
                .executeAndReturnGeneratedKeys("id")
                .mapTo(long.class)
                .one());
        return product.as(id, 1);
    }

    @Override
    public Optional<Replacement> replace(long id, long version, NewProduct product) {
        Product changed = product.as(id, version + 1);
        String sql = "update products set name = :name, name_key = :key, price = :price, emoji = :emoji,"
                + " stock = :stock, version = :version where id = :id and version = :old";
        int count = jdbi.withHandle(handle -> bind(handle.createUpdate(sql), changed)
                .bind("id", id)
                .bind("old", version)
                .execute());
        return count == 1 ? Optional.of(new Replacement.Replaced(changed)) : find(id).map(Replacement.Changed::new);
    }

    private static Update bind(Update update, Product product) {
        return update.bind("name", product.name())
                .bind("key", SortKey.ofName(product.name()))
                .bind("price", product.price())
                .bind("emoji", product.emoji())
                .bind("stock", product.stock())
                .bind("version", product.version());
    }

    @Override
    public boolean remove(long id) {
        return jdbi.withHandle(handle -> handle.execute("delete from products where id = ?", id)) == 1;
    }

    @Override
    public boolean take(long id, int quantity) {
        String sql = "update products set stock = stock - :quantity, version = version + 1"
                + " where id = :id and stock >= :quantity";
        return jdbi.withHandle(handle -> handle.createUpdate(sql)
                        .bind("id", id)
                        .bind("quantity", quantity)
                        .execute())
                == 1;
    }
}
