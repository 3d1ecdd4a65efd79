package dev.bistro.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bistro.wire.Command;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The names that certificates are for, and how a client's name is compared. */
class CertificateNamesTest {
    @TempDir
    Path files;

    private List<String> names(String subject, String... options) {
        TestCertificate made = TestCertificate.at(files.resolve("x.crt"));
        Command.of("openssl", "req", "-x509", "-nodes", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256")
                .with(
                        "-subj",
                        subject,
                        "-keyout",
                        made.key().toString(),
                        "-out",
                        made.file().toString())
                .with(options)
                .run()
                .assertSuccess();
        return CertificateNames.of(made.read().certificate());
    }

    @Test
    void alternativeNamesCountAndNotTheCommonName() {
        assertEquals(
                List.of("a.org", "*.a.org"),
                names(
                        "/CN=cn.org",
                        "-addext",
                        "subjectAltName=DNS:A.org,IP:127.0.0.1,DNS:*.a.org,DNS:a.ORG,email:x@a.org"));
    }

    @Test
    void withAlternativeNamesThatAreNoHostsThereIsNone() {
        assertEquals(List.of(), names("/CN=cn.org", "-addext", "subjectAltName=IP:127.0.0.1"));
    }

    @Test
    void withoutAlternativeNamesTheCommonNameCounts() {
        assertEquals(List.of("cn.org"), names("/O=Some, CN=wrong.org/CN=CN.org"));
        assertEquals(List.of("cn.org"), names("/CN=cn.org/O=Back\\\\slash\\\\"));
        assertEquals(List.of(), names("/O=Nobody"));
    }

    @ParameterizedTest
    @CsvSource({"www.example.org, *.example.org", "example.org, *.org", "localhost, *localhost", "'', *"})
    void aWildcardIsForOneLabel(String name, String wildcard) {
        assertEquals(wildcard, CertificateNames.wildcard(name));
    }

    @ParameterizedTest
    @CsvSource({"WWW.Example.ORG., www.example.org", "a, a", "., ''", "'', ''"})
    void caseAndTrailingDotDoNotCount(String name, String normal) {
        assertEquals(normal, CertificateNames.normal(name));
    }
}
