package dev.bistro.tls;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Makes certificates by the program {@code openssl}, and skips the test where there is none. */
final class TestCertificates {
    /** The kinds of keys, as {@code openssl req} takes them. */
    enum Key {
        EC("ec", "-pkeyopt", "ec_paramgen_curve:P-256"),
        EC384("ec", "-pkeyopt", "ec_paramgen_curve:P-384"),
        RSA("rsa:2048"),
        ED25519("ed25519");

        private final List<String> options;

        Key(String... options) {
            this.options = List.of(options);
        }
    }

    private TestCertificates() {}

    /** Skips the test without the program. */
    static void needed() {
        boolean found;
        try {
            found = new ProcessBuilder("openssl", "version")
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            found = false;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        assumeTrue(found, "openssl isn't installed");
    }

    /** Runs the program, and returns what it said. */
    static String run(String... arguments) {
        return run(true, arguments);
    }

    /** Runs the program, which may fail, and returns what it said. */
    static String attempt(String... arguments) {
        return run(false, arguments);
    }

    private static String run(boolean succeeds, String... arguments) {
        var command = new ArrayList<>(List.of("openssl"));
        command.addAll(Arrays.asList(arguments));
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            process.getOutputStream().close(); // a client would have ended without waiting for the server
            boolean succeeded = process.waitFor() == 0;
            assertTrue(succeeded || !succeeds, () -> String.join(" ", command) + "\n" + said);
            return said;
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Arguments and some more. */
    static String[] with(String[] arguments, String... more) {
        return Stream.concat(Stream.of(arguments), Stream.of(more)).toArray(String[]::new);
    }

    /**
     * Makes a self-signed certificate for host names, with the first of them as its common name, and its key.
     *
     * @param certificate the file for it; the key goes to the file beside it that ends in {@code .key}
     */
    static Path selfSigned(Path certificate, Key key, int days, String... names) {
        var arguments = request(certificate, key, names[0]);
        arguments.addAll(List.of("-x509", "-days", "" + days, "-addext", "subjectAltName=" + alternatives(names)));
        arguments.addAll(List.of("-addext", "basicConstraints=critical,CA:FALSE"));
        run(arguments.toArray(String[]::new));
        return certificate;
    }

    private static String alternatives(String... names) {
        return Arrays.stream(names).map(name -> "DNS:" + name).collect(Collectors.joining(","));
    }

    /** Makes the certificate of an authority. */
    static Path authority(Path certificate, String name) {
        var arguments = request(certificate, Key.EC, name);
        arguments.addAll(List.of("-x509", "-days", "30"));
        run(arguments.toArray(String[]::new));
        return certificate;
    }

    /** Makes a client's certificate that the authority issued. */
    static Path issued(Path certificate, Path authority, int days, String name) {
        Path request = certificate.resolveSibling("request");
        var arguments = request(certificate, Key.EC, name);
        arguments.set(arguments.indexOf("-out") + 1, request.toString());
        run(arguments.toArray(String[]::new));
        run(
                "x509",
                "-req",
                "-in",
                request.toString(),
                "-CA",
                authority.toString(),
                "-CAkey",
                keyOf(authority).toString(),
                "-CAcreateserial",
                "-days",
                "" + days,
                "-out",
                certificate.toString());
        return certificate;
    }

    private static List<String> request(Path certificate, Key key, String name) {
        var arguments = new ArrayList<>(List.of("req", "-nodes", "-subj", "/CN=" + name));
        arguments.addAll(List.of("-newkey", key.options.get(0)));
        arguments.addAll(key.options.subList(1, key.options.size()));
        arguments.addAll(List.of("-keyout", keyOf(certificate).toString(), "-out", certificate.toString()));
        return arguments;
    }

    /** The file of a certificate's key. */
    static Path keyOf(Path certificate) {
        String name = certificate.getFileName().toString();
        String key = name.equals("fullchain.pem") ? "privkey.pem" : name.substring(0, name.lastIndexOf('.')) + ".key";
        return certificate.resolveSibling(key);
    }

    /** A server's certificate that is there with its key. */
    static ServerCertificate read(Path certificate) {
        try {
            return CertificateReader.read(certificate, Optional.of(keyOf(certificate)), Optional.empty());
        } catch (UnusableCertificateException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Copies a certificate and its key to files of other names. */
    static void copy(Path certificate, Path to) throws IOException {
        Files.copy(certificate, to);
        Files.copy(keyOf(certificate), keyOf(to));
    }
}
