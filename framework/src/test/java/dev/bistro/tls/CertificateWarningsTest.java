package dev.bistro.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.bistro.wire.Command;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is told of certificates that can be used, and which authorities are read. */
class CertificateWarningsTest {
    @TempDir
    static Path folder;

    @BeforeAll
    static void makeAll() {
        Command.script("openssl", """
                make() {
                    name=$1; shift
                    openssl req -x509 -nodes -subj /CN=$name.example -days 9 -keyout $name.key -out $name.crt "$@"
                }
                host='-addext subjectAltName=DNS:shop.example'
                make rsa1024 -newkey rsa:1024 $host
                make rsa2048 -newkey rsa:2048 $host
                make ed25519 -newkey ed25519 $host
                make ed448 -newkey ed448 $host
                ec='-newkey ec -pkeyopt ec_paramgen_curve:P-256'
                make ec $ec $host
                make address $ec -addext subjectAltName=IP:127.0.0.1
                make mail $ec -addext subjectAltName=email:ada@shop.example
                make nameless $ec
                make both -newkey rsa:1024
                openssl genpkey -algorithm RSA-PSS -pkeyopt rsa_keygen_bits:1024 -out pss1024.key
                openssl req -x509 -key pss1024.key -subj /CN=pss.example -days 9 -out pss1024.crt $host
                (echo Our authorities; cat ec.crt; echo; cat rsa2048.crt ed25519.crt ec.crt) >authorities.pem
                openssl x509 -in ec.crt -outform DER -out authority.der
                openssl pkcs12 -export -inkey ec.key -in ec.crt -passout pass:secret -out authority.p12
                """).in(folder).run().assertSuccess();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ec       | ''",
                "rsa2048  | ''",
                "address  | ''",
                "rsa1024  | The RSA key has only 1024 bits, and most clients refuse less than 2048.",
                "pss1024  | The RSA key has only 1024 bits, and most clients refuse less than 2048.",
                "ed25519  | Browsers don't take a certificate with a key of the kind Ed25519;"
                        + " EC (P-256) works everywhere.",
                "ed448    | Browsers don't take a certificate with a key of the kind Ed448;"
                        + " EC (P-256) works everywhere.",
                "mail     | The certificate names no host in a subjectAltName, and clients refuse it for that.",
                "nameless | The certificate names no host in a subjectAltName, and clients refuse it for that.",
                "both     | The RSA key has only 1024 bits, and most clients refuse less than 2048."
                        + " The certificate names no host in a subjectAltName, and clients refuse it for that.",
            })
    void warnsOfWhatKeepsClientsOut(String name, String warnings) throws Exception {
        ServerCertificate read = CertificateReader.read(
                folder.resolve(name + ".crt"), Optional.of(folder.resolve(name + ".key")), Optional.empty());
        assertEquals(warnings, String.join(" ", CertificateReader.warnings(read)));
    }

    private static List<String> authorities(String file) throws Exception {
        List<X509Certificate> read = CertificateReader.readAuthorities(folder.resolve(file));
        return read.stream().map(c -> c.getSubjectX500Principal().getName()).toList();
    }

    @Test
    void readsAuthoritiesEachOnce() throws Exception {
        assertEquals(
                List.of("CN=ec.example", "CN=rsa2048.example", "CN=ed25519.example"), authorities("authorities.pem"));
        assertEquals(List.of("CN=ec.example"), authorities("authority.der"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ec.key        | The file has no certificate.",
                "missing.pem   | The file doesn't exist.",
                "authority.p12 | Authorities are read from a PEM file, and this is a PKCS12 store.",
            })
    void refusesWhatHasNoAuthorities(String file, String what) {
        var refused = assertThrows(UnusableCertificateException.class, () -> authorities(file));
        assertEquals(what, refused.getMessage());
        assertEquals(folder.resolve(file).toString(), refused.where());
    }

    /** It would otherwise be left out silently. */
    @Test
    void refusesBundleOfWhichOneCanNotBeRead() throws Exception {
        Path bundle = Files.writeString(
                folder.resolve("damaged.pem"),
                Files.readString(folder.resolve("ec.crt")) + Pem.block("CERTIFICATE", new byte[] {0x30, 3, 2, 1, 5}));
        var refused = assertThrows(UnusableCertificateException.class, () -> CertificateReader.readAuthorities(bundle));
        assertEquals(
                "Certificate 2 of the file can't be read by Java: it is damaged, or has a key of an unknown kind.",
                refused.getMessage());
    }
}
