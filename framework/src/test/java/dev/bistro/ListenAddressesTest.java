package dev.bistro;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code server.listen} may be, and what is said of everything else. */
class ListenAddressesTest {
    private static List<String> texts(String list) {
        return Arrays.stream(list.split(",", -1)).map(String::strip).toList();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0.0.0.0:8080         | 0.0.0.0         | 8080
            127.0.0.1:0          | 127.0.0.1       | 0
            127.0.0.1:65535      | 127.0.0.1       | 65535
            127.0.0.1:00080      | 127.0.0.1       | 80
            [::1]:8080           | ::1             | 8080
            [::]:80              | ::              | 80
            [2001:DB8::1]:443    | 2001:db8::1     | 443
            [::ffff:10.0.0.1]:80 | 10.0.0.1        | 80
            """)
    void addressesOfTcp(String text, String address, int port) throws UnknownHostException {
        var expected = new InetSocketAddress(InetAddress.getByName(address), port);
        assertEquals(new ListenAddresses(List.of(expected), List.of()), ListenAddresses.parse(List.of(text)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            unix:/run/shop.sock        | /run/shop.sock
            unix:/run/../run/shop.sock | /run/shop.sock
            unix:/shop.sock            | /shop.sock
            unix:///run/shop.sock      | /run/shop.sock
            unix:/run/with space:80    | /run/with space:80
            """)
    void addressesOfUnixDomainSockets(String text, String path) {
        var expected = UnixDomainSocketAddress.of(path);
        assertEquals(new ListenAddresses(List.of(expected), List.of()), ListenAddresses.parse(List.of(text)));
    }

    @Test
    void aPathMayHaveSoManyBytes() {
        String longest = "unix:/" + "x".repeat(106);
        assertEquals(List.of(), ListenAddresses.parse(List.of(longest)).faults());
        for (String path : List.of(longest + "x", "unix:/" + "x".repeat(105) + "ü")) {
            assertEquals(
                    List.of('"' + path + "\" has a path of 108 bytes, and that of a socket has 107 at the most"),
                    ListenAddresses.parse(List.of(path)).faults());
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ``                  | isn't a host, a colon and a port: 0.0.0.0:8080
            8080                | isn't a host, a colon and a port: 0.0.0.0:8080
            localhost           | isn't a host, a colon and a port: 0.0.0.0:8080
            [::1]               | isn't a host, a colon and a port: 0.0.0.0:8080
            [::1]8080           | isn't a host, a colon and a port: 0.0.0.0:8080
            :8080               | has no host: write 0.0.0.0:8080 for all addresses of this machine
            127.0.0.1:          | has no port from 0 to 65535 behind the colon
            127.0.0.1:-1        | has no port from 0 to 65535 behind the colon
            127.0.0.1:+1        | has no port from 0 to 65535 behind the colon
            127.0.0.1:65536     | has no port from 0 to 65535 behind the colon
            127.0.0.1:99999999999 | has no port from 0 to 65535 behind the colon
            127.0.0.1:http      | has no port from 0 to 65535 behind the colon
            127.0.0.1:80 80     | has no port from 0 to 65535 behind the colon
            [::1]:              | has no port from 0 to 65535 behind the colon
            ::1:8080            | has several colons: an IPv6 address is in brackets, as in [::1]:8080
            http://a:80         | has several colons: an IPv6 address is in brackets, as in [::1]:8080
            [::1                | has a bracket that isn't closed: [::1]:8080
            []:80               | names a host that isn't known
            [localhost]:80      | names a host that isn't known
            [10.0.0.1]:80       | names a host that isn't known
            [::g]:80            | names a host that isn't known
            no.such.host.invalid:80 | names a host that isn't known
            a b:80              | names a host that isn't known
            10.0.0.0/8:80       | names a host that isn't known
            unix:               | names no file: unix:/run/shop.sock
            unix:/              | names no file: unix:/run/shop.sock
            unix:/run/          | names no file: unix:/run/shop.sock
            unix:shop.sock      | has a path that depends on the working directory: write one such as unix:/run/shop.sock
            unix:../shop.sock   | has a path that depends on the working directory: write one such as unix:/run/shop.sock
            unix:~/shop.sock    | has a path that depends on the working directory: write one such as unix:/run/shop.sock
            """)
    void whatIsWrongIsSaid(String text, String fault) {
        assertEquals(
                new ListenAddresses(List.of(), List.of('"' + text + "\" " + fault)),
                ListenAddresses.parse(List.of(text)));
    }

    @Test
    void aZeroInAPathIsNone() {
        assertEquals(1, ListenAddresses.parse(List.of("unix:/a\0b")).faults().size());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            127.0.0.1:80, 127.0.0.1:80       | 127.0.0.1:80
            [::1]:80, [0:0:0:0:0:0:0:1]:80   | [0:0:0:0:0:0:0:1]:80
            127.0.0.1:80, 0.0.0.0:80         | 127.0.0.1:80
            0.0.0.0:80, 127.0.0.1:80         | 0.0.0.0:80
            [::]:80, [::1]:80                | [0:0:0:0:0:0:0:0]:80
            unix:/a, 0.0.0.0:1, unix:/b/../a | unix:/a
            """)
    void noAddressIsThereTwice(String list, String first) {
        List<String> texts = texts(list);
        String last = texts.get(texts.size() - 1);
        ListenAddresses parsed = ListenAddresses.parse(texts);
        assertEquals(List.of('"' + last + "\" listens where " + first + " does"), parsed.faults());
        assertEquals(texts.size() - 1, parsed.addresses().size());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            unix:/run/shop.sock, 0.0.0.0:8080, [::1]:8080
            127.0.0.1:80, 127.0.0.2:80, 127.0.0.1:81
            0.0.0.0:0, 127.0.0.1:0, 127.0.0.1:0
            unix:/a, unix:/b
            """)
    void severalStayInTheirOrder(String list) {
        ListenAddresses parsed = ListenAddresses.parse(texts(list));
        assertEquals(List.of(), parsed.faults());
        assertEquals(
                texts(list).stream()
                        .map(text -> text.replace("[::1]", "[0:0:0:0:0:0:0:1]"))
                        .toList(),
                parsed.addresses().stream().map(ListenAddresses::text).toList());
    }

    @Test
    void allFaultsAreSaid() {
        assertEquals(
                3,
                ListenAddresses.parse(List.of("a", "[::1]:80", "unix:", ":1"))
                        .faults()
                        .size());
    }
}
