package dev.bistro.tls;

import java.util.Base64;

/** Writes PEM. */
final class Pem {
    private Pem() {}

    static String block(String label, byte[] content) {
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        return "-----BEGIN " + label + "-----\n" + base64 + "\n-----END " + label + "-----\n";
    }

    static String certificate(ServerCertificate certificate) throws Exception {
        return block("CERTIFICATE", certificate.certificate().getEncoded());
    }

    static String key(ServerCertificate certificate) {
        return block("PRIVATE KEY", certificate.key().getEncoded());
    }
}
