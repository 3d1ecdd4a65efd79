package dev.bistro.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How failed logins are counted, by a clock of the test's own. */
class FailureTableTest {
    private static final List<String> ADA = List.of("ada");

    private final AtomicLong clock =
            new AtomicLong(Long.MAX_VALUE - Duration.ofSeconds(30).toNanos());
    private final FailureTable table = new FailureTable(5, Duration.ofSeconds(60), clock::get, 100);

    private void pass(int seconds) {
        clock.addAndGet(Duration.ofSeconds(seconds).toNanos());
    }

    private void fail(int times, String key) {
        for (int i = 0; i < times; i++) {
            table.add(List.of(key));
        }
    }

    @ParameterizedTest
    @CsvSource({
        // failures, seconds that pass, seconds to wait then (-1 for none)
        "0,  0, -1",
        "4,  0, -1",
        "5,  0, 12",
        "5,  5, 7",
        "5, 11, 1",
        "5, 12, -1",
        "5, 60, -1",
        "6,  0, 24",
        "6, 12, 12",
        "50, 0, 552",
        "50, 552, -1",
    })
    void givesSoManyAtOnceAndThenOneInEachPartOfTheWindow(int failures, int passing, int wait) {
        fail(failures, "ada");
        pass(passing);
        assertEquals(wait < 0 ? OptionalLong.empty() : OptionalLong.of(wait), table.secondsToWait(ADA));
    }

    @Test
    void countsEachKeyByItself() {
        fail(5, "ada");
        assertEquals(OptionalLong.empty(), table.secondsToWait(List.of("bob")));
        assertEquals(OptionalLong.of(12), table.secondsToWait(List.of("bob", "ada")));
    }

    @Test
    void aFailureAfterAWaitIsNotTheFirstOfAll() {
        fail(5, "ada");
        pass(12);
        fail(1, "ada");
        assertEquals(OptionalLong.of(12), table.secondsToWait(ADA));
    }

    @Test
    void neverHasMoreThanItsLimit() {
        fail(5, "ada");
        for (int i = 0; i < 99; i++) {
            fail(1, "somebody " + i);
            assertTrue(table.secondsToWait(ADA).isPresent());
        }
        fail(1, "one more");
        assertEquals(100, table.size());
        assertTrue(table.secondsToWait(ADA).isPresent(), "looked at last, so that others make room");
    }

    @Test
    void forgetsWhatIsOver() {
        fail(1, "ada");
        pass(60);
        assertEquals(OptionalLong.empty(), table.secondsToWait(ADA));
        assertEquals(0, table.size());
    }

    @Test
    void countsNothingIfItIsToldSo() {
        var none = new FailureTable(0, Duration.ofSeconds(60), clock::get);
        for (int i = 0; i < 100; i++) {
            none.add(ADA);
        }
        assertEquals(OptionalLong.empty(), none.secondsToWait(ADA));
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.1, 10.0.0.2, false",
        "2001:db8::1, 2001:db8::ffff:2, true",
        "2001:db8:0:1::1, 2001:db8:0:2::1, false",
    })
    void aClientHasAllAddressesOfItsNetwork(String one, String other, boolean same) throws UnknownHostException {
        assertEquals(same, key(one).equals(key(other)));
    }

    @Test
    void anAddressThatIsntKnownIsNobodys() throws UnknownHostException {
        assertEquals(Optional.empty(), key("0.0.0.0"));
        assertEquals(Optional.empty(), ClientKey.of(InetSocketAddress.createUnresolved("somewhere", 1)));
    }

    private static Optional<String> key(String address) throws UnknownHostException {
        return ClientKey.of(new InetSocketAddress(InetAddress.getByName(address), 1));
    }
}
