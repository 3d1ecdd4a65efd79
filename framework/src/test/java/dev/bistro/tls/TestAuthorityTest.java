package dev.bistro.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bistro.tls.TestAuthority.Key;
import dev.bistro.wire.Command;
import java.nio.file.Path;
import java.security.cert.CertificateExpiredException;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.opentest4j.TestAbortedException;

/** What the tests of TLS stand on. */
class TestAuthorityTest {
    @TempDir
    static Path directory;

    private static TestAuthority authority;

    @BeforeAll
    static void create() {
        authority = TestAuthority.create(directory);
    }

    @ParameterizedTest
    @EnumSource(Key.class)
    void issuesCertificatesForEachKindOfKey(Key key) throws Exception {
        TestCertificate issued = authority.server(key, 5, "shop.example", "127.0.0.1");
        issued.x509().verify(authority.own().x509().getPublicKey());
        issued.x509().checkValidity();
        assertEquals("CN=shop.example", issued.x509().getSubjectX500Principal().toString());
        assertEquals(2, issued.x509().getSubjectAlternativeNames().size());
        assertTrue(issued.keyStore().isKeyEntry("test"));
    }

    @Test
    void issuesWhatHasExpired() {
        TestCertificate expired = authority.server(Key.EC, -1, "localhost");
        assertThrows(CertificateExpiredException.class, () -> expired.x509().checkValidity());
    }

    @Test
    void issuesChains() {
        TestCertificate issued =
                authority.intermediate("One").intermediate("Two").client("Ada");
        assertEquals(3, issued.chain().size());
        Command.of("openssl", "verify", "-CAfile", authority.own().file().toString())
                .with("-untrusted", issued.file().toString(), issued.file().toString())
                .run()
                .assertSuccess();
    }

    @Test
    void commandsThatAreMissingOrFailOrHangSaySo() {
        assertThrows(
                TestAbortedException.class, () -> Command.of("no-such-program").run());
        String failure = assertThrows(
                        AssertionError.class,
                        () -> Command.of("sh", "-c", "cat; echo bad >&2; exit 3")
                                .withInput("said")
                                .run()
                                .assertSuccess())
                .getMessage();
        assertTrue(failure.contains("ended with status 3\nsaid\nbad"), failure);
        Command hanging = Command.of("sleep", "60").within(Duration.ofMillis(50));
        assertTrue(assertThrows(AssertionError.class, hanging::run).getMessage().contains("had not ended"));
    }
}
