package peer;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** The endpoints of Bistro's DatabaseApplication, with the same SQL by the same calls of JDBC. */
@SpringBootApplication
public class SpringPeer {
    public static void main(String[] args) {
        SpringApplication.run(SpringPeer.class, args);
    }

    record Product(long id, String name, BigDecimal price) {}

    record NewOrder(long product, int count) {}

    @RestController
    @RequestMapping("/transactional")
    static class Endpoints {
        private final JdbcTemplate jdbc;

        Endpoints(JdbcTemplate jdbc) {
            this.jdbc = jdbc;
        }

        @GetMapping("/products/{id}")
        @Transactional(readOnly = true)
        public Product product(@PathVariable long id) {
            return jdbc.execute((Connection connection) -> find(id, connection));
        }

        @PostMapping("/orders")
        @ResponseStatus(HttpStatus.CREATED)
        @Transactional
        public NewOrder order(@RequestBody NewOrder order) {
            return jdbc.execute((Connection connection) -> place(order, connection));
        }

        private static Product find(long id, Connection connection) throws SQLException {
            try (PreparedStatement query =
                    connection.prepareStatement("select name, price from products where id = ?")) {
                query.setLong(1, id);
                try (var rows = query.executeQuery()) {
                    if (!rows.next()) {
                        throw new ResponseStatusException(HttpStatus.NOT_FOUND);
                    }
                    return new Product(id, rows.getString(1), rows.getBigDecimal(2));
                }
            }
        }

        private static NewOrder place(NewOrder order, Connection connection) throws SQLException {
            try (PreparedStatement update =
                    connection.prepareStatement("update products set stock = stock - ? where id = ?")) {
                update.setInt(1, order.count());
                update.setLong(2, order.product());
                if (update.executeUpdate() == 0) {
                    throw new ResponseStatusException(HttpStatus.NOT_FOUND);
                }
            }
            try (PreparedStatement insert =
                    connection.prepareStatement("insert into orders (product, count) values (?, ?)")) {
                insert.setLong(1, order.product());
                insert.setInt(2, order.count());
                insert.executeUpdate();
            }
            return order;
        }
    }
}
