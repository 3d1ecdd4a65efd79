package dev.bistro.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bistro.startup.Problem;
import dev.bistro.tls.TestCertificates.Key;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which files of a folder are certificates. */
class CertificateFolderTest {
    @TempDir
    static Path material;

    private static Path pair;
    private static Path authority;

    @TempDir
    Path folder;

    @BeforeAll
    static void make() {
        TestCertificates.needed();
        pair = TestCertificates.selfSigned(material.resolve("pair.crt"), Key.EC, 30, "a.org");
        authority = TestCertificates.authority(material.resolve("authority.crt"), "authority");
    }

    private final List<Problem> faults = new ArrayList<>();

    private List<String> found() {
        var certificates = new CertificateFolder(folder, Optional.of("secret"));
        certificates.refresh(true, faults::add);
        return certificates.certificates().stream()
                .map(certificate ->
                        folder.relativize(Path.of(certificate.source())).toString())
                .toList();
    }

    private String places() {
        return faults.stream()
                .map(fault -> fault.id() + " " + fault.places().get(0).text().replace(folder + "/", ""))
                .sorted()
                .toList()
                .toString();
    }

    @Test
    void findsEachKindOfPair() throws IOException {
        TestCertificates.copy(pair, folder.resolve("b.crt"));
        TestCertificates.copy(pair, folder.resolve("a.pem"));
        Path archive = Files.createDirectories(folder.resolve(".archive"));
        TestCertificates.copy(pair, archive.resolve("fullchain.pem"));
        Path live = Files.createDirectories(folder.resolve("c.org"));
        for (String name : new String[] {"fullchain.pem", "privkey.pem"}) {
            Files.createSymbolicLink(live.resolve(name), Path.of("../.archive", name));
        }
        for (String name : new String[] {"d.p12", "e.pfx"}) {
            TestCertificates.run(
                    "pkcs12",
                    "-export",
                    "-in",
                    pair.toString(),
                    "-inkey",
                    TestCertificates.keyOf(pair).toString(),
                    "-out",
                    folder.resolve(name).toString(),
                    "-passout",
                    "pass:secret");
        }
        assertEquals(List.of("a.pem", "b.crt", "c.org/fullchain.pem", "d.p12", "e.pfx"), found());
        assertEquals("[]", places());
    }

    @Test
    void leavesOutWhatIsNoServersCertificate() throws IOException {
        Files.copy(authority, folder.resolve("ca.crt"));
        Files.copy(authority, folder.resolve("chain.pem"));
        Files.copy(TestCertificates.keyOf(pair), folder.resolve("x-key.pem"));
        Files.writeString(folder.resolve("README"), "Certificates");
        Files.writeString(folder.resolve("params.pem"), "-----BEGIN DH PARAMETERS-----\n");
        TestCertificates.copy(pair, folder.resolve(".hidden.crt"));
        Files.createDirectories(folder.resolve("empty"));
        assertEquals(List.of(), found());
        assertEquals("[]", places());
    }

    @Test
    void namesEachPairThatCannotBeUsed() throws IOException {
        TestCertificates.copy(pair, folder.resolve("good.crt"));
        Files.copy(pair, folder.resolve("no-key.crt"));
        Files.copy(TestCertificates.keyOf(pair), folder.resolve("no-certificate.key"));
        Files.copy(pair, folder.resolve("another-key.crt"));
        Files.copy(TestCertificates.keyOf(authority), folder.resolve("another-key.key"));
        Path inner = Files.createDirectories(folder.resolve("inner"));
        Files.copy(pair, inner.resolve("fullchain.pem"));
        Files.writeString(folder.resolve("store.p12"), "no store");
        assertEquals(List.of("good.crt"), found());
        assertEquals(
                "[unusable-certificate another-key.crt and another-key.key, "
                        + "unusable-certificate inner/privkey.pem, "
                        + "unusable-certificate no-certificate.crt, "
                        + "unusable-certificate no-key.crt, "
                        + "unusable-certificate store.p12]",
                places());
    }
}
