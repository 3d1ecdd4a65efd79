package dev.bistro.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bistro.startup.Problem;
import dev.bistro.tls.TestAuthority.Key;
import dev.bistro.wire.Command;
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

    private static TestCertificate pair;
    private static TestCertificate authority;

    @TempDir
    Path folder;

    @BeforeAll
    static void make() {
        pair = TestAuthority.selfSigned(material.resolve("pair.crt"), Key.EC, 30, "a.org");
        authority = TestAuthority.create(material).own();
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
        pair.copyTo(folder.resolve("b.crt"));
        pair.copyTo(folder.resolve("a.pem"));
        Path archive = Files.createDirectories(folder.resolve(".archive"));
        pair.copyTo(archive.resolve("fullchain.pem"));
        Path live = Files.createDirectories(folder.resolve("c.org"));
        for (String name : new String[] {"fullchain.pem", "privkey.pem"}) {
            Files.createSymbolicLink(live.resolve(name), Path.of("../.archive", name));
        }
        for (String name : new String[] {"d.p12", "e.pfx"}) {
            Command.of("openssl", "pkcs12", "-export", "-in", pair.file().toString(), "-passout", "pass:secret")
                    .with("-inkey", pair.key().toString(), "-out", name)
                    .in(folder)
                    .run()
                    .assertSuccess();
        }
        assertEquals(List.of("a.pem", "b.crt", "c.org/fullchain.pem", "d.p12", "e.pfx"), found());
        assertEquals("[]", places());
    }

    @Test
    void leavesOutWhatIsNoServersCertificate() throws IOException {
        Files.copy(authority.file(), folder.resolve("ca.crt"));
        Files.copy(authority.file(), folder.resolve("chain.pem"));
        Files.copy(pair.key(), folder.resolve("x-key.pem"));
        Files.writeString(folder.resolve("README"), "Certificates");
        Files.writeString(folder.resolve("params.pem"), "-----BEGIN DH PARAMETERS-----\n");
        pair.copyTo(folder.resolve(".hidden.crt"));
        Files.createDirectories(folder.resolve("empty"));
        assertEquals(List.of(), found());
        assertEquals("[]", places());
    }

    @Test
    void namesEachPairThatCannotBeUsed() throws IOException {
        pair.copyTo(folder.resolve("good.crt"));
        Files.copy(pair.file(), folder.resolve("no-key.crt"));
        Files.copy(pair.key(), folder.resolve("no-certificate.key"));
        Files.copy(pair.file(), folder.resolve("another-key.crt"));
        Files.copy(authority.key(), folder.resolve("another-key.key"));
        Path inner = Files.createDirectories(folder.resolve("inner"));
        Files.copy(pair.file(), inner.resolve("fullchain.pem"));
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
