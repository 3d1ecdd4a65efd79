package dev.bistro.http1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrustedAddressesTest {
    private static final UnixDomainSocketAddress UNIX = UnixDomainSocketAddress.of(Path.of("/run/shop.sock"));

    private static boolean contains(String entry, String address) {
        var peer = new InetSocketAddress(AddressLiteral.parse(address).orElseThrow(), 4711);
        return TrustedAddresses.parse(List.of(entry)).contains(peer);
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.1, 10.0.0.1, true",
        "10.0.0.1, 10.0.0.2, false",
        "10.0.0.0/8, 10.255.255.255, true",
        "10.0.0.0/8, 11.0.0.0, false",
        "10.0.0.0/8, 9.255.255.255, false",
        "192.168.128.0/17, 192.168.255.1, true",
        "192.168.128.0/17, 192.168.127.255, false",
        "172.16.0.0/12, 172.31.255.255, true",
        "172.16.0.0/12, 172.32.0.0, false",
        "192.0.2.4/30, 192.0.2.7, true",
        "192.0.2.4/30, 192.0.2.8, false",
        "192.0.2.4/31, 192.0.2.5, true",
        "192.0.2.4/31, 192.0.2.6, false",
        "192.0.2.4/32, 192.0.2.4, true",
        "192.0.2.4/32, 192.0.2.5, false",
        "128.0.0.0/1, 255.0.0.1, true",
        "128.0.0.0/1, 127.0.0.1, false",
        "0.0.0.0/0, 203.0.113.9, true",
        "0.0.0.0/0, 2001:db8::1, false",
        "::1, ::1, true",
        "::1, 0:0:0:0:0:0:0:1, true",
        "::1, ::2, false",
        "::1, 127.0.0.1, false",
        "2001:db8::/32, 2001:db8:ffff::1, true",
        "2001:db8::/32, 2001:db9::1, false",
        "2001:DB8::/33, 2001:db8:7fff::1, true",
        "2001:db8::/33, 2001:db8:8000::1, false",
        "fd00::/8, fdff::1, true",
        "fd00::/8, fc00::1, false",
        "::/0, 2001:db8::1, true",
        "::/0, 10.0.0.1, false",
        "2001:db8::8/125, 2001:db8::f, true",
        "2001:db8::8/125, 2001:db8::10, false",
        "2001:db8::8/128, 2001:db8::9, false",
        "::ffff:10.0.0.1, 10.0.0.1, true",
        "10.0.0.1, ::ffff:10.0.0.1, true",
        "10.0.0.0/8, ::ffff:a00:1, true",
        "::ffff:10.0.0.0/104, 10.9.8.7, true",
        "::ffff:10.0.0.0/104, 11.0.0.1, false",
        "::ffff:0:0/96, 203.0.113.9, true",
        "unix, 127.0.0.1, false",
    })
    void containsAnAddressOrNot(String entry, String address, boolean expected) {
        assertEquals(expected, contains(entry, address));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "localhost",
                "example.org",
                "UNIX",
                "unix:",
                "*",
                "10.0.0",
                "10",
                "10.0.0.256",
                "010.0.0.1",
                "10.0.0.1:80",
                "10.0.0.0/",
                "10.0.0.0/33",
                "10.0.0.0/-1",
                "10.0.0.0/+8",
                "10.0.0.0/08",
                "10.0.0.0/8/8",
                "10.0.0.0/255.0.0.0",
                "/8",
                "10.0.0.1/8",
                "192.0.2.5/31",
                "[::1]",
                "::1%eth0",
                "fe80::1%1",
                "::/129",
                "2001:db8::1/32",
                ":::",
                "1::2::3",
                "12345::",
                "::ffff:10.0.0.0/8",
                "::ffff:10.0.0.1/104",
                "0x7f000001"
            })
    void refusesWhatIsNeitherAddressNorRange(String entry) {
        assertTrue(TrustedAddresses.fault(entry).isPresent());
    }

    @Test
    void saysWhereARangeBegins() {
        assertEquals(
                Optional.of("doesn't begin its range: write 10.0.0.0/8, or 10.1.2.3 alone"),
                TrustedAddresses.fault("10.1.2.3/8"));
        assertEquals(
                Optional.of("has to end with a number of bits from 0 to 32"), TrustedAddresses.fault("10.0.0.0/33"));
    }

    @Test
    void meansPeersWithoutAnAddressByTheWordUnix() {
        assertTrue(TrustedAddresses.parse(List.of("10.0.0.0/8", "unix")).contains(UNIX));
        assertFalse(TrustedAddresses.parse(List.of("0.0.0.0/0", "::/0")).contains(UNIX));
    }
}
