package dev.bistro.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The limits on connections, in all and of one client. */
class ConnectionsTest {
    private static InetSocketAddress at(String address) throws UnknownHostException {
        return new InetSocketAddress(InetAddress.getByName(address), 4711);
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, 192.0.2.1, true",
        "192.0.2.1, 192.0.2.2, false",
        "192.0.2.1, 192.0.3.1, false",
        "2001:db8:1:2::1, 2001:db8:1:2::1, true",
        "2001:db8:1:2::1, 2001:db8:1:2:ffff:ffff:ffff:ffff, true",
        "2001:db8:1:2::1, 2001:db8:1:3::1, false",
        "2001:db8:1:2::1, 192.0.2.1, false",
        "::ffff:192.0.2.1, 192.0.2.1, true",
        "127.0.0.1, 127.0.0.1, false",
        "127.0.0.1, 127.9.9.9, false",
        "::1, ::1, false",
    })
    void countsThoseOfOneClientTogether(String first, String second, boolean same) throws UnknownHostException {
        var connections = new Connections(100, 2);
        assertTrue(connections.add(at(first)));
        assertTrue(connections.add(at(first)));
        assertEquals(!same, connections.add(at(second)));
        assertEquals(same ? 1 : 0, connections.count(DropReason.TOO_MANY_FROM_ADDRESS));
        assertEquals(same ? 2 : 3, connections.open());
    }

    @Test
    void hasRoomForAClientAgainWhenOneOfItsIsClosed() throws UnknownHostException {
        var connections = new Connections(100, 1);
        assertTrue(connections.add(at("192.0.2.1")));
        assertFalse(connections.add(at("192.0.2.1")));
        assertEquals(0, connections.remove(at("192.0.2.1")));
        assertTrue(connections.add(at("192.0.2.1")));
    }

    @Test
    void doesNotCountClientsWhereThereIsNoLimit() throws UnknownHostException {
        var connections = new Connections(2, 0);
        assertTrue(connections.add(at("192.0.2.1")));
        assertTrue(connections.hasRoom());
        assertTrue(connections.add(at("192.0.2.1")));
        assertFalse(connections.hasRoom());
    }
}
