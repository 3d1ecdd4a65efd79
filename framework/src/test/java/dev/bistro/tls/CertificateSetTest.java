package dev.bistro.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bistro.tls.TestAuthority.Key;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which of several certificates is a client's. */
class CertificateSetTest {
    @TempDir
    static Path files;

    private static ServerCertificate ec;
    private static ServerCertificate ecLater;
    private static ServerCertificate rsa;
    private static ServerCertificate wildRsa;
    private static ServerCertificate other;
    private static ServerCertificate edwards;

    @BeforeAll
    static void make() {
        ec = make("ec", Key.EC, 30, "a.org");
        ecLater = make("ec-later", Key.EC, 60, "a.org", "b.org");
        rsa = make("rsa", Key.RSA, 30, "a.org");
        wildRsa = make("wild-rsa", Key.RSA, 30, "*.org");
        other = make("other", Key.EC384, 30, "other.net");
        edwards = make("edwards", Key.ED25519, 30, "a.org");
    }

    private static ServerCertificate make(String file, Key key, int days, String... names) {
        return TestAuthority.selfSigned(files.resolve(file + ".crt"), key, days, names)
                .read();
    }

    private static Optional<ServerCertificate> choose(
            CertificateSet set, String name, String keyType, String... algorithms) {
        return set.choose(Optional.of(name), keyType, new ClientSignatures(List.of(algorithms), true)::cover);
    }

    @Test
    void theOneThatExpiresLaterWinsInEitherOrder() {
        for (var certificates : List.of(List.of(ec, ecLater), List.of(ecLater, ec))) {
            var set = new CertificateSet(certificates);
            assertEquals(Optional.of(ecLater), choose(set, "a.org", "EC"));
            assertEquals(Optional.of(ecLater), choose(set, "b.org", "EC"));
            assertEquals(1, set.conflicts().size());
            String conflict = set.conflicts().get(0);
            assertTrue(
                    conflict.startsWith("Two certificates are for a.org with a key of type EC: "
                            + files.resolve("ec-later.crt") + " is used"),
                    conflict);
        }
    }

    @Test
    void theFirstIsTheDefaultThoughAnotherWinsItsName() {
        var set = new CertificateSet(List.of(ec, ecLater));
        assertEquals(Optional.of(ec), choose(set, "unknown.net", "EC"));
        assertEquals(Optional.of(ec), set.choose(Optional.empty(), "EC", any -> true));
    }

    @Test
    void theSameCertificateTwiceIsNoConflict() {
        var set = new CertificateSet(List.of(ec, new ServerCertificate("a copy", ec.chain(), ec.key())));
        assertEquals(List.of(), set.conflicts());
    }

    @Test
    void anotherTypeOfKeyIsNoConflictAndIsADefaultToo() {
        var set = new CertificateSet(List.of(ec, rsa));
        assertEquals(List.of(), set.conflicts());
        assertEquals(Optional.of(ec), choose(set, "unknown.net", "EC"));
        assertEquals(Optional.of(rsa), choose(set, "unknown.net", "RSA"));
    }

    @ParameterizedTest
    @CsvSource({
        // what the client can check, what is asked for, what it gets
        "SHA256withECDSA RSASSA-PSS, EC, ec",
        "SHA256withECDSA RSASSA-PSS, RSA, ''", // the exact name's has another key, which the client can check
        "RSASSA-PSS, RSA, wild-rsa",
        "RSASSA-PSS, EC, ''",
        "SHA384withECDSA, EC, other", // the default one, whose key is of another curve
        "SHA1withDSA, EC, ec", // none that it says to be able to check: whatever there is
        "SHA1withDSA, RSA, wild-rsa",
        "SHA1withDSA, EdDSA, ''",
    })
    void aLessExactNameServesOnlyWhoCannotUseTheExactOne(String algorithms, String asked, String expected) {
        var set = new CertificateSet(List.of(other, ec, wildRsa));
        String found = choose(set, "a.org", asked, algorithms.split(" "))
                .map(certificate ->
                        Path.of(certificate.source()).getFileName().toString().replace(".crt", ""))
                .orElse("");
        assertEquals(expected, found);
    }

    @ParameterizedTest
    @CsvSource({
        "SHA256withECDSA, true, ec",
        "SHA384withECDSA, true, other",
        "SHA384withECDSA, false, ec other",
        "SHA512withECDSA, true, ''",
        "RSASSA-PSS, true, rsa",
        "RSASSA-PSS, false, rsa",
        "SHA256withRSA, true, ''", // since TLS 1.3 for signatures of issuers alone
        "SHA256withRSA, false, rsa",
        "Ed25519, true, edwards",
        "EdDSA, true, edwards",
        "Ed448, true, ''",
    })
    void knowsWhichKeysAClientCanCheck(String algorithm, boolean curveBound, String expected) {
        var client = new ClientSignatures(List.of(algorithm), curveBound);
        List<String> found = List.of(ec, other, rsa, edwards).stream()
                .filter(client::cover)
                .map(certificate ->
                        Path.of(certificate.source()).getFileName().toString().replace(".crt", ""))
                .toList();
        assertEquals(expected, String.join(" ", found));
    }
}
