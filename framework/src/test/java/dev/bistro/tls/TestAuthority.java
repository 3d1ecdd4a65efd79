package dev.bistro.tls;

import dev.bistro.wire.Command;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An authority that issues certificates to tests, by {@code openssl}: some 20 milliseconds each. Tests of a machine
 * without it are skipped.
 *
 * <pre>{@code
 * TestAuthority authority = TestAuthority.create(directory);
 * TestCertificate shop = authority.server("shop.example", "localhost");
 * TestCertificate ada = authority.client("Ada");
 * Files.readString(shop.file());            // -----BEGIN CERTIFICATE-----…, and the key is in shop.key()
 * }</pre>
 */
public final class TestAuthority {
    /** A kind of key. */
    public enum Key {
        EC("ec", "ec_paramgen_curve:P-256"),
        EC384("ec", "ec_paramgen_curve:P-384"),
        RSA("rsa", "rsa_keygen_bits:2048"),
        ED25519("ed25519", "");

        private final List<String> options;

        Key(String name, String parameter) {
            this.options =
                    parameter.isEmpty() ? List.of("-newkey", name) : List.of("-newkey", name, "-pkeyopt", parameter);
        }
    }

    private static final int DAYS = 30;
    private static final String FOR_AUTHORITIES = "basicConstraints=critical,CA:TRUE";
    private static final String SIGNS_CERTIFICATES = "keyUsage=critical,keyCertSign,cRLSign";
    private static final String NOT_FOR_AUTHORITIES = "basicConstraints=critical,CA:FALSE";
    private static final String SIGNS = "keyUsage=critical,digitalSignature";

    private final Path directory;
    private final TestCertificate own;
    private final boolean isRoot;

    private TestAuthority(Path directory, TestCertificate own, boolean isRoot) {
        this.directory = directory;
        this.own = own;
        this.isRoot = isRoot;
    }

    /** A new authority that is its own root, with its files in a directory. */
    public static TestAuthority create(Path directory) {
        TestCertificate own = newFiles(directory);
        run(Stream.of(
                        List.of("-x509", "-days", String.valueOf(DAYS), "-subj", "/CN=Test root"),
                        Key.EC.options,
                        files(own),
                        extensions(FOR_AUTHORITIES, SIGNS_CERTIFICATES))
                .flatMap(List::stream));
        return new TestAuthority(directory, own, true);
    }

    /** An authority whose own certificate this one issues, and which goes along with each that it issues itself. */
    public TestAuthority intermediate(String name) {
        TestCertificate issued = issue(Key.EC, DAYS, name, FOR_AUTHORITIES, SIGNS_CERTIFICATES);
        return new TestAuthority(directory, issued, false);
    }

    /** The authority's own certificate, which others trust, and its key. */
    public TestCertificate own() {
        return own;
    }

    /** A certificate with an EC key for a server of these names, each a host's name or an address. */
    public TestCertificate server(String... names) {
        return server(Key.EC, DAYS, names);
    }

    /**
     * A certificate for a server of these names.
     *
     * @param days how long it is valid from now on; one that is negative has expired so many days ago
     */
    public TestCertificate server(Key key, int days, String... names) {
        String usage = key == Key.RSA ? SIGNS + ",keyEncipherment" : SIGNS;
        return issue(
                key, days, names[0], NOT_FOR_AUTHORITIES, usage, "extendedKeyUsage=serverAuth", alternatives(names));
    }

    private static String alternatives(String... names) {
        return Stream.of(names)
                .map(name -> (name.matches("[0-9.]+|.*:.*") ? "IP:" : "DNS:") + name)
                .collect(Collectors.joining(",", "subjectAltName=", ""));
    }

    /**
     * A certificate without an authority, for a server of these names.
     *
     * @param file for the certificate; {@link TestCertificate#at} says where its key is
     */
    public static TestCertificate selfSigned(Path file, Key key, int days, String... names) {
        TestCertificate made = TestCertificate.at(file);
        run(Stream.of(
                        List.of("-x509", "-days", String.valueOf(days), "-subj", "/CN=" + names[0]),
                        key.options,
                        files(made),
                        extensions(NOT_FOR_AUTHORITIES, alternatives(names)))
                .flatMap(List::stream));
        return made;
    }

    /** A certificate with an EC key for a client of this name. */
    public TestCertificate client(String name) {
        return client(name, DAYS);
    }

    /** A certificate with an EC key for a client of this name, which is valid for so many days from now on. */
    public TestCertificate client(String name, int days) {
        return issue(Key.EC, days, name, NOT_FOR_AUTHORITIES, SIGNS, "extendedKeyUsage=clientAuth");
    }

    /** A certificate with these extensions, each as {@code openssl} writes it. */
    public TestCertificate issue(Key key, int days, String name, String... extensions) {
        TestCertificate issued = newFiles(directory);
        Stream<String> request = Stream.of(
                        List.of("-subj", "/CN=" + name), key.options, files(issued), extensions(extensions))
                .flatMap(List::stream);
        String[] signing = {"-CA", own.file().toString(), "-CAkey", own.key().toString(), "-days", "" + days};
        if (days >= 0) {
            run(Stream.concat(Stream.of(signing), request));
        } else {
            run(request); // a request, since "req" doesn't issue certificates of the past
            String file = issued.file().toString();
            Command.of("openssl", "x509", "-req", "-in", file, "-out", file, "-copy_extensions", "copy")
                    .with(signing)
                    .run()
                    .assertSuccess();
        }
        if (!isRoot) {
            append(own.file(), issued.file());
        }
        return issued;
    }

    private static void append(Path authorities, Path to) {
        try {
            Files.write(to, Files.readAllLines(authorities), StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static TestCertificate newFiles(Path directory) {
        try {
            return TestCertificate.at(Files.createTempFile(directory, "test", ".crt"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> files(TestCertificate certificate) {
        return List.of(
                "-nodes",
                "-keyout",
                certificate.key().toString(),
                "-out",
                certificate.file().toString());
    }

    private static List<String> extensions(String... extensions) {
        return Stream.of(extensions)
                .flatMap(extension -> Stream.of("-addext", extension))
                .toList();
    }

    private static void run(Stream<String> options) {
        Command.of("openssl", "req", "-new")
                .with(options.toArray(String[]::new))
                .run()
                .assertSuccess();
    }
}
