package dev.bistro.tls;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DerTest {
    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    @ParameterizedTest
    @CsvSource({"0,0400", "1,0401", "127,047f", "128,048180", "255,0481ff", "256,04820100", "65535,0482ffff"})
    void writesLengthInAsFewBytesAsItTakes(int length, String head) throws Exception {
        byte[] written = Der.octetString(new byte[length]);
        assertEquals(head, hex(written).substring(0, head.length()));
        assertEquals(length, DerElement.of(written).content().length);
        assertArrayEquals(written, DerElement.of(written).encoded());
    }

    @ParameterizedTest
    @CsvSource({
        "2.5.4.3, 0603550403",
        "1.2.840.113549.1.1.1, 06092a864886f70d010101",
        "1.3.6.1.4.1.11591.4.11, 06092b06010401da47040b",
        "2.999.3, 0603883703",
        "0.9.0, 06020900",
        "1.2.2147483647, 06062a87ffffff7f",
    })
    void writesAndReadsNamesOfThings(String oid, String encoded) throws Exception {
        assertEquals(encoded, hex(Der.oid(oid)));
        assertEquals(oid, DerElement.of(bytes(encoded)).oid());
    }

    @ParameterizedTest
    @CsvSource({"0,020100", "127,02017f", "128,02020080", "65536,0203010000", "-1,0201ff", "2147483647,02047fffffff"})
    void writesAndReadsWholeNumbers(int value, String encoded) throws Exception {
        assertEquals(encoded, hex(Der.integer(BigInteger.valueOf(value))));
        assertEquals(value, DerElement.of(bytes(encoded)).smallInteger());
    }

    /** RFC 5280, 4.1.2.5: UTCTime until the end of 2049. */
    @ParameterizedTest
    @CsvSource({
        "2026-01-02T03:04:05.999Z, 170d, 260102030405Z",
        "2049-12-31T23:59:59Z, 170d, 491231235959Z",
        "2050-01-01T00:00:00Z, 180f, 20500101000000Z",
    })
    void writesTimeByItsYear(Instant time, String head, String text) {
        assertEquals(head + hex(text.getBytes()), hex(Der.time(time)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", // nothing
                "04", // no length
                "0402aa", // too short
                "0401aabb", // something after it
                "0480aa0000", // no length told, as BER allows
                "048101aa", // a length in more bytes than it takes
                "04820001aa",
                "0484000000", // four bytes of length
                "04847fffffffaa",
                "0485ffffffffff",
                "04ffaa",
            })
    void refusesWhatIsNotOneElement(String encoded) {
        assertThrows(GeneralSecurityException.class, () -> DerElement.of(bytes(encoded)));
    }

    @Test
    void refusesChildThatIsMissingOrOfAnotherType() throws Exception {
        DerElement sequence = DerElement.of(Der.sequence(Der.oid("2.5.4.3")));
        assertEquals("2.5.4.3", sequence.child(0, Der.OID).oid());
        assertThrows(GeneralSecurityException.class, () -> sequence.child(0, Der.INTEGER));
        assertThrows(GeneralSecurityException.class, () -> sequence.child(1, Der.OID));
        for (DerElement other :
                List.of(sequence, new DerElement(Der.OID, new byte[0]), new DerElement(Der.OID, new byte[65]))) {
            assertThrows(GeneralSecurityException.class, other::oid);
        }
        assertEquals(-1, sequence.smallInteger());
    }
}
