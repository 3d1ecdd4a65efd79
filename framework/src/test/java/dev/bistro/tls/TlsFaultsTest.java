package dev.bistro.tls;

import static dev.bistro.startup.Golden.assertGolden;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.bistro.tls.TestAuthority.Key;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The startup faults of TLS, all of one start at once. */
class TlsFaultsTest {
    @TempDir
    Path files;

    private void assertFaults(String golden, Settings settings) {
        assertGolden(golden, TestTls.faults(settings.tls()), files.toString(), "/etc/tls");
    }

    @Test
    void aFolderWithoutCertificates() {
        assertFaults("empty-certificate-folder", Settings.NONE.folder(files));
    }

    @Test
    void aFolderThatIsNone() {
        assertFaults("unreadable-folder", Settings.NONE.folder(files.resolve("missing")));
    }

    @Test
    void allAtOnce() throws IOException {
        Path folder = Files.createDirectory(files.resolve("certificates"));
        TestCertificate one = TestAuthority.selfSigned(folder.resolve("one.crt"), Key.EC, 30, "one.org");
        TestCertificate two = TestAuthority.selfSigned(folder.resolve("two.crt"), Key.EC, 30, "two.org");
        Files.copy(one.key(), two.key(), StandardCopyOption.REPLACE_EXISTING);
        Files.copy(one.file(), folder.resolve("three.crt"));
        assertFaults(
                "unusable-certificate",
                Settings.NONE
                        .certificates(TestCertificate.at(files.resolve("missing.crt")))
                        .folder(folder)
                        .clients(ClientAuth.NEED)
                        .clientCa(Files.writeString(files.resolve("ca.crt"), "")));
    }

    @Test
    void settingsDoNotShowTheirPassword() {
        var settings = new TlsSettings(
                Optional.empty(),
                Optional.empty(),
                Optional.of("secret"),
                Optional.empty(),
                List.of(),
                ClientAuth.NONE,
                Optional.empty(),
                true,
                List.of());
        assertFalse(settings.toString().contains("secret"));
    }
}
