package dev.bistro.wire;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/**
 * A certificate for a name that a test made, signed by itself, in the files that certbot writes. The JDK's
 * {@code keytool} makes it.
 */
public final class PemCertificate {
    private static final String PASSWORD = "secret";

    private final String name;
    private final SSLContext clients;

    private PemCertificate(String name, SSLContext clients) {
        this.name = name;
        this.clients = clients;
    }

    /** Makes one, and writes {@code fullchain.pem} and {@code privkey.pem} into a folder. */
    public static PemCertificate create(Path folder, String name) throws IOException, GeneralSecurityException {
        Path file = folder.resolve("keys.p12");
        run("-genkeypair -alias a -keyalg EC -groupname secp256r1 -storetype PKCS12 -dname CN=" + name
                + " -ext san=dns:" + name + " -storepass " + PASSWORD + " -keystore " + file);
        KeyStore store = KeyStore.getInstance(file.toFile(), PASSWORD.toCharArray());
        write(
                folder.resolve("fullchain.pem"),
                "CERTIFICATE",
                store.getCertificate("a").getEncoded());
        write(
                folder.resolve("privkey.pem"),
                "PRIVATE KEY",
                store.getKey("a", PASSWORD.toCharArray()).getEncoded());
        return new PemCertificate(name, trusting(store));
    }

    private static void run(String arguments) throws IOException {
        Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
        Process process = new ProcessBuilder((keytool + " " + arguments).split(" "))
                .redirectErrorStream(true)
                .start();
        try {
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IOException("keytool: " + said);
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            throw new IOException(e);
        }
    }

    private static void write(Path file, String type, byte[] der) throws IOException {
        String base64 = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(der);
        Files.writeString(file, "-----BEGIN " + type + "-----\n" + base64 + "\n-----END " + type + "-----\n");
    }

    private static SSLContext trusting(KeyStore store) throws IOException, GeneralSecurityException {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("a", store.getCertificate("a"));
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    /** Speaks TLS on a connection, as a client that trusts this certificate and asks for its name. */
    public Socket connect(Socket plain) throws IOException {
        var socket = (SSLSocket) clients.getSocketFactory().createSocket(plain, name, plain.getPort(), true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        try {
            socket.startHandshake();
        } catch (IOException refused) {
            plain.close();
            throw refused;
        }
        return socket;
    }
}
