package dev.bistro.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.bistro.wire.Command;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyFactory;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every kind of key in every encoding at every place is read. */
class KeyFormatsTest {
    private static final String PASSWORD = "corr\u00e9ct h\u00f6rse";
    private static final String STORE_PASSWORD = "correct horse";

    private static final Map<String, String> KINDS = Map.of(
            "rsa", "RSA -pkeyopt rsa_keygen_bits:2048",
            "pss", "RSA-PSS -pkeyopt rsa_keygen_bits:2048",
            "pss384",
                    "RSA-PSS -pkeyopt rsa_keygen_bits:2048 -pkeyopt rsa_pss_keygen_md:sha384"
                            + " -pkeyopt rsa_pss_keygen_mgf1_md:sha384 -pkeyopt rsa_pss_keygen_saltlen:48",
            "p256", "EC -pkeyopt ec_paramgen_curve:P-256",
            "p384", "EC -pkeyopt ec_paramgen_curve:P-384",
            "p521", "EC -pkeyopt ec_paramgen_curve:P-521",
            "ed25519", "Ed25519",
            "ed448", "Ed448");

    /** Ways to write a key, each as the rest of a command that has read one. */
    private static final Map<String, String> ENCODINGS = Map.ofEntries(
            Map.entry("pkcs8.pem", "pkey"),
            Map.entry("pkcs8.der", "pkcs8 -topk8 -nocrypt -outform DER"),
            Map.entry("pbes2.pem", "pkcs8 -topk8"),
            Map.entry("pbes2.der", "pkcs8 -topk8 -outform DER -iter 9"),
            Map.entry("aes128-sha1.pem", "pkcs8 -topk8 -v2 aes-128-cbc -v2prf hmacWithSHA1 -iter 9"),
            Map.entry("aes192-sha384.pem", "pkcs8 -topk8 -v2 aes-192-cbc -v2prf hmacWithSHA384 -iter 9"),
            Map.entry("aes256-sha512.pem", "pkcs8 -topk8 -v2 aes-256-cbc -v2prf hmacWithSHA512 -iter 9"),
            Map.entry("des3-sha224.pem", "pkcs8 -topk8 -v2 des3 -v2prf hmacWithSHA224 -iter 9"),
            Map.entry("pbes1.pem", "pkcs8 -topk8 -v1 PBE-SHA1-3DES -iter 9"),
            Map.entry("traditional.pem", "pkey -traditional"),
            Map.entry("traditional.der", "pkey -traditional -outform DER"));

    private static final List<String> PLACES = List.of("own file", "before the certificates", "after the certificates");

    /** The kinds that are tried at all places; the others are slow to sign with, and read by the same code. */
    private static final Set<String> QUICK = Set.of("rsa", "p256", "ed25519");

    @TempDir
    static Path folder;

    @BeforeAll
    static void makeAll() {
        var script = new StringBuilder("""
                umask 077
                printf '%s' "$PASSWORD" >password
                openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=Root -keyout root.key \
                    -out root.crt -days 30
                printf 'basicConstraints=critical,CA:TRUE\\nkeyUsage=keyCertSign\\n' >ca.ext
                openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=Middle -keyout middle.key \
                    | openssl x509 -req -CA root.crt -CAkey root.key -set_serial 2 -days 30 -extfile ca.ext -out middle.crt
                """.replace("$PASSWORD", PASSWORD));
        KINDS.forEach((kind, options) -> {
            script.append("openssl genpkey -algorithm %2$s -out %1$s.key\n".formatted(kind, options));
            script.append("""
                    openssl req -new -key %1$s.key -subj /CN=shop.example -addext subjectAltName=DNS:shop.example \
                        | openssl x509 -req -CA middle.crt -CAkey middle.key -set_serial 3 -days 30 -out %1$s.crt
                    cat %1$s.crt middle.crt root.crt >%1$s.chain.pem
                    for name in %1$s middle root; do openssl x509 -in $name.crt -outform DER; done >%1$s.chain.der
                    """.formatted(kind));
            for (String encoding : encodings(kind)) {
                boolean isPbes1 = encoding.equals("pbes1.pem");
                script.append("openssl %s -in %s.key -out %s.%s %s\n"
                        .formatted(
                                ENCODINGS.get(encoding),
                                kind,
                                kind,
                                encoding,
                                !encoding.matches("(pbes|aes|des).*")
                                        ? ""
                                        : "-passout " + (isPbes1 ? "'pass:" + STORE_PASSWORD + "'" : "file:password")));
            }
            script.append("""
                    openssl pkcs12 -export -inkey %1$s.key -in %1$s.chain.pem -iter 9 -passout 'pass:%2$s' -out %1$s.modern.p12
                    openssl pkcs12 -export -inkey %1$s.key -in %1$s.chain.pem -iter 9 -passout 'pass:%2$s' -out %1$s.old.p12 \
                        -keypbe PBE-SHA1-3DES -certpbe PBE-SHA1-3DES -macalg sha1
                    openssl pkcs12 -export -inkey %1$s.key -in %1$s.chain.pem -iter 9 -passout pass: -out %1$s.empty.p12
                    openssl pkcs12 -export -inkey %1$s.key -in %1$s.chain.pem -iter 9 -passout 'pass:%2$s' -nomac -certpbe NONE \
                        -out %1$s.nomac.p12
                    """.formatted(kind, STORE_PASSWORD));
        });
        Command.script("openssl", script.toString()).in(folder).run().assertSuccess();
    }

    private static List<String> encodings(String kind) {
        boolean hasTraditional = kind.equals("rsa") || kind.startsWith("p") && !kind.startsWith("pss");
        return ENCODINGS.keySet().stream()
                .filter(encoding -> hasTraditional || !encoding.startsWith("traditional"))
                .sorted()
                .toList();
    }

    static Stream<Arguments> inFiles() {
        return KINDS.keySet().stream()
                .sorted()
                .flatMap(kind -> encodings(kind).stream()
                        .flatMap(encoding -> PLACES.stream()
                                .limit(QUICK.contains(kind) ? PLACES.size() : 1)
                                .map(place -> arguments(kind, encoding, place))));
    }

    @ParameterizedTest
    @MethodSource("inFiles")
    void readsKey(String kind, String encoding, String place) throws Exception {
        Path key = folder.resolve(kind + "." + encoding);
        Path chain = folder.resolve(kind + ".chain" + encoding.substring(encoding.indexOf('.')));
        var password = Optional.of(encoding.equals("pbes1.pem") ? STORE_PASSWORD : PASSWORD);
        ServerCertificate read = switch (place) {
            case "own file" -> CertificateReader.read(chain, Optional.of(key), password);
            case "before the certificates" -> CertificateReader.read(joined(key, chain), Optional.empty(), password);
            default -> CertificateReader.read(joined(chain, key), Optional.empty(), password);
        };
        assertRead(kind, read);
    }

    private static Path joined(Path first, Path second) throws IOException {
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes(Files.readAllBytes(first));
        bytes.writeBytes(Files.readAllBytes(second));
        return Files.write(folder.resolve("joined"), bytes.toByteArray());
    }

    private static void assertRead(String kind, ServerCertificate read) throws Exception {
        assertEquals(
                List.of("CN=shop.example", "CN=Middle", "CN=Root"),
                read.chain().stream()
                        .map(c -> c.getSubjectX500Principal().getName())
                        .toList());
        String algorithm = kind.startsWith("pss") ? "RSASSA-PSS" : kind.startsWith("p") ? "EC" : kind;
        var expected = KeyFactory.getInstance(algorithm)
                .generatePrivate(new PKCS8EncodedKeySpec(Files.readAllBytes(folder.resolve(kind + ".pkcs8.der"))));
        if (expected instanceof ECPrivateKey ec) { // which is encoded with its public key or without
            assertEquals(ec.getS(), ((ECPrivateKey) read.key()).getS());
        } else {
            assertEquals(expected, read.key());
        }
    }

    static Stream<Arguments> inStores() {
        return KINDS.keySet().stream()
                .sorted()
                .flatMap(kind -> Stream.of("modern", "old", "empty", "nomac")
                        .flatMap(store -> Stream.of("alone", "as both", "for the key")
                                .limit(QUICK.contains(kind) ? 3 : 1)
                                .map(use -> arguments(kind, store, use))));
    }

    @ParameterizedTest
    @MethodSource("inStores")
    void readsStoreWhateverItsNameIs(String kind, String store, String use) throws Exception {
        Path named = folder.resolve(kind + "." + store + ".p12");
        Path file =
                Files.copy(named, Files.createTempFile(folder, "store", ".pem"), StandardCopyOption.REPLACE_EXISTING);
        Optional<String> password = store.equals("empty") ? Optional.empty() : Optional.of(STORE_PASSWORD);
        ServerCertificate read = switch (use) {
            case "alone" -> CertificateReader.read(file, Optional.empty(), password);
            case "as both" -> CertificateReader.read(file, Optional.of(named), password);
            default -> CertificateReader.read(folder.resolve(kind + ".chain.pem"), Optional.of(file), password);
        };
        assertRead(kind, read);
    }

    @Test
    void readsStoreWithAnEmptyPasswordThatIsSet() throws Exception {
        assertRead("p256", CertificateReader.read(folder.resolve("p256.empty.p12"), Optional.empty(), Optional.of("")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"p256", "p384", "p521"})
    void readsCurveFromTheKeyOrFromTheBlockBeforeIt(String kind) throws Exception {
        List<DerElement> parts = DerElement.of(Files.readAllBytes(folder.resolve(kind + ".traditional.der")))
                .children();
        byte[] curve = parts.get(2).content();
        byte[] withCurve = Der.sequence(encoded(parts.subList(0, 3)));
        byte[] without = Der.sequence(encoded(parts.subList(0, 2)));
        String parameters = Pem.block("EC PARAMETERS", curve);
        for (String key : List.of(
                Pem.block("EC PRIVATE KEY", withCurve),
                parameters + Pem.block("EC PRIVATE KEY", withCurve),
                parameters + Pem.block("EC PRIVATE KEY", without))) {
            Path file = Files.writeString(folder.resolve("sec1"), key);
            ServerCertificate read =
                    CertificateReader.read(folder.resolve(kind + ".chain.pem"), Optional.of(file), Optional.empty());
            assertEquals("EC", read.key().getAlgorithm());
        }
    }

    private static byte[][] encoded(List<DerElement> elements) {
        return elements.stream().map(DerElement::encoded).toArray(byte[][]::new);
    }

    /** As RFC 8410, 10.3, has it, and some libraries write it. */
    @Test
    void readsKeyThatIsFollowedByItsPublicKey() throws Exception {
        List<DerElement> parts = DerElement.of(Files.readAllBytes(folder.resolve("ed25519.pkcs8.der")))
                .children();
        var all = new ArrayList<byte[]>(List.of(
                new byte[] {2, 1, 1}, parts.get(1).encoded(), parts.get(2).encoded()));
        all.add(Der.element(0xa0)); // attributes
        all.add(Der.element(0x81, new byte[33])); // public key
        Path file = Files.write(folder.resolve("version2"), Der.sequence(all.toArray(byte[][]::new)));
        assertRead(
                "ed25519",
                CertificateReader.read(folder.resolve("ed25519.chain.pem"), Optional.of(file), Optional.empty()));
    }
}
