package dev.bistro.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The names that certificates are for, and how a client's name is compared. */
class CertificateNamesTest {
    @TempDir
    Path files;

    @BeforeAll
    static void needed() {
        TestCertificates.needed();
    }

    private List<String> names(String subject, String... options) {
        Path certificate = files.resolve("x.crt");
        String[] fixed = {
            "req",
            "-x509",
            "-nodes",
            "-newkey",
            "ec",
            "-pkeyopt",
            "ec_paramgen_curve:P-256",
            "-subj",
            subject,
            "-keyout",
            TestCertificates.keyOf(certificate).toString(),
            "-out",
            certificate.toString()
        };
        TestCertificates.run(Stream.concat(Stream.of(fixed), Stream.of(options)).toArray(String[]::new));
        return CertificateNames.of(TestCertificates.read(certificate).certificate());
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
