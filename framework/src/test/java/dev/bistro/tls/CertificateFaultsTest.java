package dev.bistro.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bistro.startup.Golden;
import dev.bistro.wire.Command;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What can be wrong with a certificate and its key, and what is said about it. */
class CertificateFaultsTest {
    private static final String PASSWORD = "tr\u00f6mbone-17";
    private static final String STORE_PASSWORD = "trombone-17";

    @TempDir
    static Path folder;

    @BeforeAll
    static void makeAll() throws Exception {
        Command.script("openssl", """
                umask 077
                ec='-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes'
                openssl req -x509 $ec -subj /CN=Root -keyout root.key -out root.crt -days 10
                openssl req -x509 $ec -subj /CN=Stranger -keyout stranger.key -out stranger.crt -days 30
                openssl req -x509 $ec -subj /CN=Root -keyout otherRoot.key -out otherRoot.crt -days 30
                printf 'basicConstraints=critical,CA:TRUE' >ca.ext
                openssl req -new $ec -subj /CN=Middle -keyout middle.key -out middle.csr
                openssl x509 -req -in middle.csr -CA root.crt -CAkey root.key -set_serial 2 -days 20 -extfile ca.ext \
                    -out middle.crt
                openssl req -new $ec -subj /CN=shop.example -keyout shop.key -out shop.csr
                openssl x509 -req -in shop.csr -CA middle.crt -CAkey middle.key -set_serial 3 -days 30 -out shop.crt
                openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out rsa.key
                openssl genpkey -algorithm Ed25519 -out ed25519.key
                openssl genpkey -algorithm X25519 -out x25519.key
                openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-384 -out p384.key
                openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:secp256k1 -out secp256k1.key
                openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:brainpoolP256r1 -out brainpool.key
                openssl req -x509 -key secp256k1.key -subj /CN=shop.example -out secp256k1.crt
                cat shop.crt middle.crt >shop.pem
                cat shop.crt middle.crt root.crt >withRoot.pem
                cat middle.crt shop.crt >turned.pem
                cat shop.crt root.crt middle.crt >mixed.pem
                cat shop.crt stranger.crt >foreign.pem
                cat shop.crt middle.crt otherRoot.crt >sameName.pem
                cat shop.crt root.crt >gap.pem
                cat shop.pem root.crt stranger.crt >more.pem
                cat shop.key rsa.key >two.key
                printf '%s' "$PASSWORD" >password
                openssl pkcs8 -topk8 -in shop.key -passout file:password -iter 9 -out encrypted.key
                openssl pkcs8 -topk8 -in shop.key -passout file:password -scrypt -scrypt_N 16 -out scrypt.key
                openssl pkey -in rsa.key -traditional -aes256 -passout file:password -out old-rsa.key
                openssl pkey -in shop.key -traditional -aes256 -passout file:password -out old-ec.key
                openssl pkey -in shop.key -ec_param_enc explicit -out explicit.key
                openssl pkey -in shop.key -pubout -out public.key
                openssl x509 -in shop.crt -trustout -out trusted.crt
                openssl crl2pkcs7 -nocrl -certfile shop.pem -out shop.p7b
                openssl crl2pkcs7 -nocrl -certfile shop.pem -outform DER -out binary.p7b
                openssl req -in shop.csr -outform DER -out binary.csr
                p12='openssl pkcs12 -export -iter 9 -inkey shop.key -in shop.pem'
                $p12 -passout pass:$STORE_PASSWORD -out shop.p12
                $p12 -passout file:password -out umlaut.p12
                $p12 -passout pass:$STORE_PASSWORD -keypbe NONE -certpbe NONE -nomac -out plainKey.p12
                openssl pkcs12 -export -nocerts -inkey shop.key -passout pass:$STORE_PASSWORD -out onlyKey.p12
                cat shop.p12 >damaged.p12
                printf 'xxxx' | dd of=damaged.p12 bs=1 seek=40 conv=notrunc 2>&1
                mkdir folder 'with blank'
                cp stranger.key "with blank/it's.key"
                : >empty.crt
                printf 'hello\\n' >hello.crt
                head -c 1048577 /dev/zero >large.crt
                ln -s nowhere link.crt
                """.replace("$PASSWORD", PASSWORD).replace("$STORE_PASSWORD", STORE_PASSWORD))
                .in(folder)
                .run()
                .assertSuccess();
        makeJavaStores();
        Files.writeString(folder.resolve("openssh.key"), Pem.block("OPENSSH PRIVATE KEY", new byte[9]));
        Files.writeString(folder.resolve("dsa.key"), Pem.block("DSA PRIVATE KEY", new byte[9]));
        Files.writeString(folder.resolve("broken.key"), Pem.block("PRIVATE KEY", new byte[40]));
        Files.writeString(folder.resolve("broken.crt"), Pem.block("CERTIFICATE", new byte[40]));
    }

    private static void makeJavaStores() throws Exception {
        ServerCertificate first = DevelopmentCertificate.create();
        ServerCertificate second = DevelopmentCertificate.create();
        KeyStore two = KeyStore.getInstance("PKCS12");
        two.load(null, null);
        KeyStore none = KeyStore.getInstance("PKCS12");
        none.load(null, null);
        none.setCertificateEntry("authority", first.certificate());
        KeyStore old = KeyStore.getInstance("JKS");
        old.load(null, null);
        for (ServerCertificate one : List.of(first, second)) {
            two.setKeyEntry("n" + one.key().hashCode(), one.key(), STORE_PASSWORD.toCharArray(), new Certificate[] {
                one.certificate()
            });
        }
        store(two, "two.p12");
        store(none, "none.p12");
        store(old, "old.jks");
    }

    private static void store(KeyStore store, String name) throws Exception {
        try (OutputStream out = Files.newOutputStream(folder.resolve(name))) {
            store.store(out, STORE_PASSWORD.toCharArray());
        }
    }

    private static UnusableCertificateException refused(Row row) {
        return assertThrows(UnusableCertificateException.class, () -> read(row), row::toString);
    }

    private static ServerCertificate read(Row row) throws UnusableCertificateException {
        return CertificateReader.read(
                folder.resolve(row.certificate),
                Optional.ofNullable(row.key).map(folder::resolve),
                Optional.ofNullable(row.password),
                Instant.now().plus(Duration.ofDays(row.days)));
    }

    /** What is read, and how many days from now. */
    private record Row(String certificate, String key, String password, int days) {
        static Row parse(String line) {
            String[] cells = line.strip().split(" *\\| *");
            return new Row(
                    cells[0], cells[1].equals("-") ? null : cells[1], password(cells[2]), Integer.parseInt(cells[3]));
        }

        private static String password(String cell) {
            return switch (cell) {
                case "-" -> null;
                case "right" -> PASSWORD;
                case "of store" -> STORE_PASSWORD;
                default -> "wrong-secret";
            };
        }
    }

    /** Certificate, key, password and days from now of what can't be used. */
    private static final String FAULTS = """
            missing.crt      | -             | -        | 0
            nowhere/x.crt    | -             | -        | 0
            folder           | -             | -        | 0
            link.crt         | -             | -        | 0
            empty.crt        | -             | -        | 0
            large.crt        | -             | -        | 0
            hello.crt        | -             | -        | 0
            broken.crt       | shop.key      | -        | 0
            shop.key         | shop.crt      | -        | 0
            shop.csr         | shop.key      | -        | 0
            binary.csr       | shop.key      | -        | 0
            trusted.crt      | shop.key      | -        | 0
            shop.p7b         | shop.key      | -        | 0
            binary.p7b       | shop.key      | -        | 0
            secp256k1.crt    | secp256k1.key | -        | 0
            shop.pem         | -             | -        | 0
            shop.pem         | missing.key   | -        | 0
            shop.pem         | folder        | -        | 0
            shop.pem         | empty.crt     | -        | 0
            shop.pem         | hello.crt     | -        | 0
            shop.pem         | shop.crt      | -        | 0
            shop.pem         | public.key    | -        | 0
            shop.pem         | openssh.key   | -        | 0
            shop.pem         | dsa.key       | -        | 0
            shop.pem         | broken.key    | -        | 0
            shop.pem         | two.key       | -        | 0
            shop.pem         | x25519.key    | -        | 0
            shop.pem         | secp256k1.key | -        | 0
            shop.pem         | brainpool.key | -        | 0
            shop.pem         | explicit.key  | -        | 0
            shop.pem         | encrypted.key | -        | 0
            shop.pem         | encrypted.key | wrong    | 0
            shop.pem         | scrypt.key    | right    | 0
            shop.pem         | old-rsa.key   | right    | 0
            shop.pem         | old-ec.key    | right    | 0
            shop.pem         | stranger.key  | -        | 0
            shop.pem         | with blank/it's.key | -  | 0
            shop.pem         | rsa.key       | -        | 0
            shop.pem         | ed25519.key   | -        | 0
            shop.pem         | p384.key      | -        | 0
            turned.pem       | shop.key      | -        | 0
            mixed.pem        | shop.key      | -        | 0
            foreign.pem      | shop.key      | -        | 0
            sameName.pem     | shop.key      | -        | 0
            gap.pem          | shop.key      | -        | 0
            more.pem         | shop.key      | -        | 0
            shop.pem         | shop.key      | -        | -1
            shop.pem         | shop.key      | -        | 25
            shop.pem         | shop.key      | -        | 31
            shop.p12         | -             | -        | 0
            shop.p12         | -             | wrong    | 0
            shop.p12         | -             | of store | 31
            plainKey.p12     | -             | of store | 0
            onlyKey.p12      | -             | of store | 0
            two.p12          | -             | of store | 0
            none.p12         | -             | of store | 0
            damaged.p12      | -             | of store | 0
            old.jks          | -             | of store | 0
            shop.pem         | old.jks       | of store | 0
            """;

    @Test
    void saysWhatWhereAndTheCureAndNothingSecret() throws IOException {
        var told = new StringBuilder();
        for (String line : FAULTS.lines().toList()) {
            Row row = Row.parse(line);
            UnusableCertificateException fault = refused(row);
            assertNull(fault.getCause(), line);
            assertEquals(0, fault.getSuppressed().length, line);
            String text = fault.getMessage() + "\n   at " + fault.where() + "\n   " + fault.cure();
            assertFalse(
                    text.contains(PASSWORD) || text.contains(STORE_PASSWORD) || text.contains("wrong-secret"), text);
            told.append(line.strip()).append('\n').append(text).append("\n\n");
        }
        String times = "\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z";
        String report = told.toString().replace(folder.toString(), "/tls").replaceAll(times, "TIME");
        Golden.assertText("unusable-certificates", report);
    }

    @ParameterizedTest
    @CsvSource({"shop.pem,0", "shop.crt,0", "withRoot.pem,0", "withRoot.pem,15", "shop.crt,25"})
    void takesRootOrNotAndAnExpiredOne(String chain, int days) throws Exception {
        assertEquals("EC", read(new Row(chain, "shop.key", null, days)).key().getAlgorithm());
    }

    @ParameterizedTest
    @CsvSource({"shop.pem,shop.key", "shop.p12,shop.key", "shop.p12,onlyKey.p12", "shop.pem,onlyKey.p12"})
    void takesKeyWithoutPasswordThoughOneIsSet(String certificate, String key) throws Exception {
        assertEquals(
                "EC", read(new Row(certificate, key, STORE_PASSWORD, 0)).key().getAlgorithm());
    }

    /** The next password is wrong in another way: one of 256 decrypts to something that looks whole. */
    @Test
    void noWrongPasswordIsTakenForTheRightOne() {
        for (int i = 0; i < 1500; i++) {
            var row = new Row("shop.pem", "encrypted.key", "wrong-" + i, 0);
            assertEquals("The password doesn't open the key.", refused(row).getMessage());
        }
    }

    /** Java 17 takes only ASCII characters there. */
    @Test
    void readsStoreByAnyPasswordThatJavaTakes() throws Exception {
        var row = new Row("umlaut.p12", null, PASSWORD, 0);
        try {
            assertEquals("EC", read(row).key().getAlgorithm());
        } catch (UnusableCertificateException refused) {
            assertEquals("The password doesn't open the store.", refused.getMessage());
            assertTrue(refused.cure().startsWith("Older versions of Java take only ASCII"), refused.cure());
        }
    }

    /** Each command that is told as a cure is run, with the passwords that it asks for, and its file is used. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "shop.p7b    | shop.key     | right",
                "trusted.crt | shop.key     | right",
                "shop.pem    | scrypt.key   | right",
                "shop.pem    | old-ec.key   | right",
                "shop.pem    | explicit.key | right",
                "plainKey.p12| -            | of store",
            })
    void theCureWorks(String certificate, String key, String password) throws Exception {
        var row = Row.parse(certificate + "|" + key + "|" + password + "|0");
        String cure = refused(row).cure().replaceFirst(".*(openssl \\w+ .* -out [^ ,]+).*", "$1");
        String made = cure.substring(cure.lastIndexOf(' ') + 1);
        String passwords = cure.matches(".*(pkcs12|-topk8).*") ? " -passin env:P -passout env:P" : "";
        Command.script("openssl", "export P='" + row.password + "'; " + cure + passwords)
                .in(folder)
                .run()
                .assertSuccess();
        boolean isOfKey = key.endsWith(".key") && made.contains(key);
        ServerCertificate read = isOfKey
                ? read(new Row(certificate, made, row.password, 0))
                : read(new Row(made, row.key, row.password, 0));
        assertEquals("EC", read.key().getAlgorithm());
    }

    @Test
    void refusesWhatMayNotBeReadOrBreaksOff() throws Exception {
        Path locked = Files.createFile(folder.resolve("locked.crt"), PosixFilePermissions.asFileAttribute(Set.of()));
        for (Path file : List.of(locked, Path.of("/proc/self/mem"))) {
            boolean fails = Files.isRegularFile(file) && (!file.equals(locked) || !Files.isReadable(locked));
            if (fails) {
                var refused = assertThrows(
                        UnusableCertificateException.class,
                        () -> CertificateReader.read(file, Optional.empty(), Optional.empty()));
                assertTrue(refused.getMessage().matches("The file (may not|can't) be read\\."), refused.getMessage());
            }
        }
    }

    @Test
    void refusesWhatHasNoEnd() {
        Path endless = Path.of("/dev/zero");
        Assumptions.assumeTrue(Files.exists(endless), "there is no /dev/zero");
        var refused = assertThrows(
                UnusableCertificateException.class,
                () -> CertificateReader.read(endless, Optional.empty(), Optional.empty()));
        assertEquals("This is neither a file nor a link to one.", refused.getMessage());
    }

    @Test
    void damagedKeysAndStoresAreFaultsAndNothingElse() throws Exception {
        for (String name : List.of("encrypted.key", "shop.p12", "onlyKey.p12")) {
            byte[] whole = Files.readAllBytes(folder.resolve(name));
            for (int i = 0; i < whole.length; i += name.endsWith(".key") ? 2 : 61) {
                byte[] wrong = whole.clone();
                wrong[i] ^= 2;
                survives(name, wrong);
                survives(name, Arrays.copyOf(whole, i));
            }
        }
    }

    private static void survives(String name, byte[] content) throws IOException {
        Files.write(folder.resolve("damaged"), content);
        String password = name.endsWith(".key") ? PASSWORD : STORE_PASSWORD;
        try {
            read(new Row("shop.pem", "damaged", password, 0));
        } catch (UnusableCertificateException refused) {
            assertNull(refused.getCause());
        }
    }
}
