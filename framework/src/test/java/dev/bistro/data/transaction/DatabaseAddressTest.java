package dev.bistro.data.transaction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseAddressTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "postgres://ada:secret@db/shop            | jdbc:postgresql://db/shop            | ada   | secret",
                "postgresql://ada:secret@db:5433/shop     | jdbc:postgresql://db:5433/shop       | ada   | secret",
                "postgres://db/shop                       | jdbc:postgresql://db/shop            |       |",
                "postgres:///shop                         | jdbc:postgresql://localhost/shop     |       |",
                "postgres://ada@db/shop                   | jdbc:postgresql://db/shop            | ada   |",
                "postgres://ada:@db/shop                  | jdbc:postgresql://db/shop            | ada   | ''",
                "postgres://:secret@db/shop               | jdbc:postgresql://db/shop            |       | secret",
                "postgres://a%40b:p%3A%2F%3F%25@db/shop   | jdbc:postgresql://db/shop            | a@b   | p:/?%",
                "postgres://ada:p@ss@db/shop              | jdbc:postgresql://db/shop            | ada   | p@ss",
                "postgres://ada:a:b@db/shop               | jdbc:postgresql://db/shop            | ada   | a:b",
                "postgres://ada:a+b@db/shop               | jdbc:postgresql://db/shop            | ada   | a+b",
                "postgres://%C3%A4:%E2%82%AC@db/shop      | jdbc:postgresql://db/shop            | ä     | €",
                "postgres://ada:x@[::1]:5432/shop         | jdbc:postgresql://[::1]:5432/shop    | ada   | x",
                "postgres://ada:x@a:1,b:2/shop            | jdbc:postgresql://a:1,b:2/shop       | ada   | x",
                "postgres://db/my%20shop                  | jdbc:postgresql://db/my%20shop       |       |",
                "postgres://db/shop?sslmode=require       | jdbc:postgresql://db/shop?sslmode=require |  |",
                "postgres://db/shop?application_name=a&b  | jdbc:postgresql://db/shop?ApplicationName=a&b |  |",
                "postgres://db/shop?connect_timeout=3     | jdbc:postgresql://db/shop?connectTimeout=3 | |",
                "mysql://ada:x@db/shop                    | jdbc:mysql://db/shop                 | ada   | x",
                "mariadb://ada:x@db/shop                  | jdbc:mariadb://db/shop               | ada   | x",
                "jdbc:postgresql://db/shop?user=a         | jdbc:postgresql://db/shop?user=a     |       |",
                "jdbc:h2:mem:shop                         | jdbc:h2:mem:shop                     |       |",
                "jdbc:h2:./shop                           | jdbc:h2:async:./shop                 |       |",
                "jdbc:h2:~/shop                           | jdbc:h2:async:~/shop                 |       |",
                "jdbc:h2:/var/shop;MODE=PostgreSQL        | jdbc:h2:async:/var/shop;MODE=PostgreSQL |    |",
                "jdbc:h2:file:./shop                      | jdbc:h2:async:./shop                 |       |",
                "jdbc:h2:file:shop                        | jdbc:h2:file:shop                    |       |",
                "jdbc:h2:C:/shop                          | jdbc:h2:async:C:/shop                |       |",
                "jdbc:h2:async:./shop                     | jdbc:h2:async:./shop                 |       |",
                "jdbc:h2:tcp://db/shop                    | jdbc:h2:tcp://db/shop                |       |",
            })
    void reads(String url, String jdbcUrl, String user, String password) {
        DatabaseAddress address = DatabaseAddress.of(url);
        assertEquals(jdbcUrl, address.jdbcUrl());
        assertEquals(Optional.ofNullable(user), address.user());
        assertEquals(Optional.ofNullable(password), address.password());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgres://ada:secret@db/shop?sslpassword=secret",
                "postgres://ada:secret@db/shop",
                "postgres://ada:sec@ret:secret@db/shop",
                "jdbc:postgresql://db/shop?user=ada&password=secret",
                "jdbc:h2:mem:shop;USER=sa;PASSWORD=secret",
                "jdbc:mysql://ada:secret@db/shop",
                "jdbc:oracle:thin:ada/secret@db:1521:shop",
                "jdbc:sqlserver://db;password=secret",
            })
    void showsNoPassword(String url) {
        assertFalse(
                DatabaseAddress.of(url).shown().contains("secret"),
                DatabaseAddress.of(url).shown());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "shop",
                "http://db/shop",
                "postgres:db/shop",
                "postgres://db",
                "postgres://db/",
                "jdbc:",
                "postgres://ada:secret%@db/shop",
                "postgres://ada:%zzsecret@db/shop",
                "postgres://%FF:secret@db/shop",
                "jdbc:postgresql",
            })
    void refuses(String url) {
        var fault = assertThrows(IllegalArgumentException.class, () -> DatabaseAddress.of(url));
        assertFalse(fault.getMessage().contains("secret"), fault.getMessage());
    }
}
