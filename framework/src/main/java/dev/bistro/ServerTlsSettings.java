package dev.bistro;

import dev.bistro.annotation.DefaultValue;
import dev.bistro.annotation.Description;
import dev.bistro.config.Secret;
import dev.bistro.tls.CertificateFiles;
import dev.bistro.tls.ClientAuth;
import dev.bistro.tls.TlsSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.IntSupplier;

/**
 * The settings whose keys begin with {@code server.tls.}: {@code clientAuth} is {@code server.tls.client-auth}. What
 * the files have in them is checked when they are read.
 */
record ServerTlsSettings(
        @Description("the file with the server's certificate and those of its issuers, as PEM; or a PKCS12 store")
        Optional<Path> certificate,

        @Description("the file with the certificate's private key, as PEM")
        Optional<Path> key,

        @Description("the password of private keys and stores that are encrypted")
        Optional<Secret> keyPassword,

        @Description(
                "a folder with further certificates, for clients that ask for one of their names: x.crt with x.key,"
                        + " or folders with fullchain.pem and privkey.pem")
        Optional<Path> folder,

        @Description("further certificates, one by one") List<ServerCertificateSettings> certificates,

        @Description("whether clients are asked for a certificate of their own: none; want, and they may have none; or"
                + " need, and they can't connect without")
        @DefaultValue("none")
        ClientAuth clientAuth,

        @Description("the file with the certificates of the authorities that issue those of clients, as PEM")
        Optional<Path> clientCa,

        @Description("the port of HTTPS, beside those of HTTP; without it, HTTPS takes the place of HTTP on all ports")
        Optional<Integer> port,

        @Description("whether requests over HTTP are redirected to HTTPS") @DefaultValue("false")
        boolean redirect,

        @Description("the port that they are redirected to, where clients reach server.tls.port by another")
        Optional<Integer> publicPort,

        @Description("how long browsers are to use HTTPS only, once they have come over it; they aren't told if this"
                + " isn't set, and 0s makes them forget it")
        Optional<Duration> hsts,

        @Description("whether a certificate for localhost is made at the start, for your own machine")
        @DefaultValue("false")
        boolean development,

        @Description("how long a client may take for a handshake") @DefaultValue("10s")
        Duration handshakeTimeout,

        @Description("how many handshakes may be under way at once; the oldest give way to further ones")
        @DefaultValue("1000")
        int maxHandshakes) {
    private static final Duration LONGEST_HSTS = Duration.ofDays(3_650);

    /** What is agreed on by ALPN. Clients of HTTP/1.0 offer nothing else, such as {@code curl --http1.0}. */
    private static final List<String> PROTOCOLS = List.of("http/1.1", "http/1.0");

    private static final String SOURCES = "tls.certificate, tls.folder, tls.certificates or tls.development";

    /** Whether the server has a certificate, and so speaks TLS. */
    boolean isOn() {
        return hasFiles() || development;
    }

    private boolean hasFiles() {
        return certificate.isPresent() || folder.isPresent() || !certificates.isEmpty();
    }

    /** What the room of certificates needs of it. */
    TlsSettings tls() {
        return new TlsSettings(
                certificate,
                key,
                keyPassword.map(Secret::reveal),
                folder,
                certificates.stream()
                        .map(one -> new CertificateFiles(one.certificate(), one.key()))
                        .toList(),
                clientAuth,
                clientCa,
                development,
                PROTOCOLS);
    }

    /**
     * The port that plain requests are redirected to, as clients reach it.
     *
     * @param actual the port that is listened on, which may be one that the system gave
     */
    IntSupplier redirectPort(IntSupplier actual) {
        return publicPort.<IntSupplier>map(known -> () -> known).orElse(actual);
    }

    /** Checks that all are within bounds, and that none is without effect. */
    void check(SettingFaults faults) {
        port.ifPresent(number -> faults.check("tls.port", number, 0, ListenAddresses.MAX_PORT));
        publicPort.ifPresent(number -> faults.check("tls.public-port", number, 1, ListenAddresses.MAX_PORT));
        hsts.ifPresent(age -> faults.addIf(
                age.compareTo(LONGEST_HSTS) > 0 || age.getNano() != 0,
                "tls.hsts has to be whole seconds, and " + LONGEST_HSTS.toDays() + "d at the most"));
        faults.checkTime("tls.handshake-timeout", handshakeTimeout, SettingFaults.SHORTEST);
        faults.check("tls.max-handshakes", maxHandshakes, 1, 1_000_000);
        checkCertificates(faults);
        checkClients(faults);
        faults.addIf(redirect && port.isEmpty(), "tls.redirect needs tls.port: without it nobody comes over HTTP");
        faults.addIf(publicPort.isPresent() && !redirect, "tls.public-port has no effect without tls.redirect");
    }

    private void checkCertificates(SettingFaults faults) {
        needCertificate(port.isPresent(), "tls.port", faults);
        needCertificate(hsts.isPresent(), "tls.hsts", faults);
        needCertificate(clientAuth != ClientAuth.NONE, "tls.client-auth", faults);
        faults.addIf(key.isPresent() && certificate.isEmpty(), "tls.key has no effect without tls.certificate");
        faults.addIf(keyPassword.isPresent() && !hasFiles(), "tls.key-password has no effect without a certificate");
        faults.addIf(
                development && hasFiles(),
                "tls.development makes a certificate, and there is another: set one or the other");
    }

    private void needCertificate(boolean isSet, String name, SettingFaults faults) {
        faults.addIf(isSet && !isOn(), name + " needs a certificate: " + SOURCES);
    }

    private void checkClients(SettingFaults faults) {
        faults.addIf(
                clientAuth != ClientAuth.NONE && clientCa.isEmpty(),
                "tls.client-auth needs tls.client-ca, to know whose certificates are good");
        faults.addIf(
                clientAuth == ClientAuth.NONE && clientCa.isPresent(),
                "tls.client-ca has no effect with tls.client-auth=none");
    }

    /** Makes it of the values of its components, without reflection. */
    static ServerTlsSettings of(ComponentValues values) {
        return new ServerTlsSettings(
                values.get("certificate"),
                values.get("key"),
                values.get("keyPassword"),
                values.get("folder"),
                values.get("certificates"),
                values.get("clientAuth"),
                values.get("clientCa"),
                values.get("port"),
                values.get("redirect"),
                values.get("publicPort"),
                values.get("hsts"),
                values.get("development"),
                values.get("handshakeTimeout"),
                values.get("maxHandshakes"));
    }
}
