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
                "POSTGRES://ada:x@db/shop                 | jdbc:postgresql://db/shop            | ada   | x",
                "postgres://ada:a#b@db/shop               | jdbc:postgresql://db/shop            | ada   | a#b",
                "postgres://db/shop?user=ada&password=a+b | jdbc:postgresql://db/shop            | ada   | a+b",
                "postgres://db/shop?channel_binding=require | jdbc:postgresql://db/shop?channelBinding=require | |",
                "postgres://a/s?target_session_attrs=read-only | jdbc:postgresql://a/s?targetServerType=secondary | |",
                "jdbc:postgresql://db/shop?user=a         | jdbc:postgresql://db/shop            | a     |",
                "jdbc:postgresql://db/s?user=a&ssl=1&password=%3Dx+y | jdbc:postgresql://db/s?ssl=1  | a     | =x y",
                "jdbc:postgresql:shop?password=           | jdbc:postgresql:shop                 |       | ''",
                "jdbc:h2:mem:shop;USER=sa;MODE=MySQL;PASSWORD=a&b | jdbc:h2:mem:shop;MODE=MySQL  | sa    | a&b",
                "jdbc:h2:./shop;password=secret;FOO       | jdbc:h2:async:./shop;FOO             |       | secret",
                "jdbc:mysql://ada:s%40t@db/shop           | jdbc:mysql://db/shop                 | ada   | s@t",
                "jdbc:mysql://db/shop?user=ada&password=x | jdbc:mysql://db/shop                 | ada   | x",
                "jdbc:mariadb://db/shop?user=a&password=+ | jdbc:mariadb://db/shop               | a     | +",
                "jdbc:oracle:thin:ada/secret@db:1521:shop | jdbc:oracle:thin:@db:1521:shop       | ada   | secret",
                "jdbc:sqlserver://db;user=a;password=b;encrypt=true | jdbc:sqlserver://db;encrypt=true | a | b",
                "jdbc:sqlserver://db;password={b;c}       | jdbc:sqlserver://db;password={b;c}   |       |",
                "jdbc:other:db;password=x                 | jdbc:other:db;password=x             |       |",
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
        DatabaseAddress address = DatabaseAddress.of(url).as(Optional.empty(), Optional.of("secret"));
        assertFalse(address.shown().contains("secret"), address.shown());
        assertFalse(address.toString().contains("secret"), address.toString());
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
                "jdbc:h2:mem:",
                "jdbc:h2:mem:;MODE=MySQL",
                "postgres://ada:secret/x@db/shop",
                "postgres://ada:1/secret@db/shop",
                "postgres://ada:secret?x@db/shop",
                "postgres://ada:secret@db:port/shop",
                "postgres://ada:secret@%2Fvar%2Frun/shop",
                "postgres:///shop?host=/var/run/secret",
                "jdbc:postgresql://db/shop?password=secret%zz",
            })
    void refuses(String url) {
        var fault = assertThrows(IllegalArgumentException.class, () -> DatabaseAddress.of(url));
        assertFalse(fault.getMessage().contains("secret"), fault.getMessage());
    }
}
