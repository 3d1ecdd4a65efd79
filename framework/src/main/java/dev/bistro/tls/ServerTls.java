package dev.bistro.tls;

import dev.bistro.net.TlsEngines;
import dev.bistro.startup.Place;
import dev.bistro.startup.Problem;
import dev.bistro.startup.Problems;
import java.security.GeneralSecurityException;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SNIMatcher;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.StandardConstants;
import javax.net.ssl.TrustManager;

/**
 * The TLS of a server: its certificates by name, read again while it runs, and what it asks of clients. TLS 1.2 and 1.3
 * alone; the cipher suites, groups and signatures, and their order, are those of the Java that runs it.
 *
 * <p>There is one {@link SSLContext}, with one cache of sessions, however often certificates are exchanged. What
 * changes is within {@link ServerKeys} and {@link ClientTrust}. For any thread.
 *
 * <pre>{@code
 * try (ServerTls tls = ServerTls.open(settings, problems).orElseThrow()) {
 *     SSLEngine engine = tls.newEngine();
 * }
 * }</pre>
 */
public final class ServerTls implements TlsEngines, AutoCloseable {
    private static final Duration INTERVAL = Duration.ofSeconds(2);
    private static final List<String> VERSIONS = List.of("TLSv1.3", "TLSv1.2");

    /** Sessions that are resumed without a ticket are kept here, with the client's certificates. */
    private static final int MAX_CACHED_SESSIONS = 10_000;

    private final TlsSettings settings;
    private final CertificateLoader loader;
    private final Optional<WatchedFiles<List<X509Certificate>>> authorities;
    private final Clock clock;
    private final ServerKeys keys;
    private final ClientTrust trust = new ClientTrust();
    private final ExpiryLog expiry = new ExpiryLog();
    private final SSLContext context;
    private final SSLParameters parameters;
    private final PeriodicCheck periodic;

    private ServerTls(
            TlsSettings settings,
            CertificateLoader loader,
            Optional<WatchedFiles<List<X509Certificate>>> authorities,
            Clock clock,
            Duration interval) {
        this.settings = settings;
        this.loader = loader;
        this.authorities = authorities;
        this.clock = clock;
        keys = new ServerKeys(new CertificateSet(loader.certificates()));
        authorities.flatMap(WatchedFiles::value).ifPresent(trust::use);
        context = context(keys, trust);
        parameters = parameters();
        CertificateLog.changes(Optional.empty(), keys.current());
        if (settings.development()) {
            CertificateLog.development();
        }
        expiry.check(loader.certificates(), clock.instant());
        periodic = PeriodicCheck.start("bistro-tls-certificates", interval, this::check);
    }

    /**
     * Reads the certificates, and begins to watch their files.
     *
     * @param problems gets everything that is wrong with the files
     * @return empty if something is wrong
     */
    public static Optional<ServerTls> open(TlsSettings settings, Problems problems) {
        return open(settings, problems, Clock.systemUTC(), INTERVAL);
    }

    static Optional<ServerTls> open(TlsSettings settings, Problems problems, Clock clock, Duration interval) {
        var faults = new ArrayList<Problem>();
        var loader = new CertificateLoader(settings);
        loader.refresh(faults::add);
        Optional<WatchedFiles<List<X509Certificate>>> authorities = settings.clientCa()
                .map(file -> new WatchedFiles<>(List.of(file), () -> CertificateReader.readAuthorities(file)));
        authorities.ifPresent(files -> files.refresh(faults::add));
        if (faults.isEmpty() && loader.certificates().isEmpty()) {
            faults.add(Problem.of("no-certificate", "The folder of certificates has none.")
                    .at(new Place(settings.folder().orElseThrow().toString()))
                    .cure("Put x.crt and x.key into it, or folders with fullchain.pem and privkey.pem."));
        }
        faults.forEach(problems::add);
        return faults.isEmpty()
                ? Optional.of(new ServerTls(settings, loader, authorities, clock, interval))
                : Optional.empty();
    }

    private static SSLContext context(ServerKeys keys, ClientTrust trust) {
        try {
            var context = SSLContext.getInstance("TLS");
            context.init(new KeyManager[] {keys}, new TrustManager[] {trust}, null);
            context.getServerSessionContext().setSessionCacheSize(MAX_CACHED_SESSIONS);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e); // each Java has TLS
        }
    }

    /** From those of the JDK, so that the order of suites and groups, and whose order counts, are as it has them. */
    private SSLParameters parameters() {
        SSLEngine engine = context.createSSLEngine();
        engine.setUseClientMode(false);
        SSLParameters own = engine.getSSLParameters();
        own.setProtocols(versions(own.getProtocols()));
        own.setApplicationProtocols(settings.applicationProtocols().toArray(String[]::new));
        own.setSNIMatchers(List.of(new AnyName()));
        switch (settings.clientAuth()) {
            case NONE -> own.setNeedClientAuth(false);
            case WANT -> own.setWantClientAuth(true);
            case NEED -> own.setNeedClientAuth(true);
        }
        return own;
    }

    /** The versions that the JDK has enabled, without older ones; both where it has older ones alone. */
    static String[] versions(String[] enabled) {
        List<String> both =
                VERSIONS.stream().filter(Arrays.asList(enabled)::contains).toList();
        return (both.isEmpty() ? VERSIONS : both).toArray(String[]::new);
    }

    /**
     * Takes any name, so that no client is refused. With it the JDK remembers the name with the session, and resumes
     * no session under another name (RFC 6066, section 3); without it, it does.
     */
    private static final class AnyName extends SNIMatcher {
        AnyName() {
            super(StandardConstants.SNI_HOST_NAME);
        }

        @Override
        public boolean matches(SNIServerName name) {
            return true;
        }
    }

    @Override
    public SSLEngine newEngine() {
        SSLEngine engine = context.createSSLEngine();
        engine.setUseClientMode(false);
        engine.setSSLParameters(parameters);
        return engine;
    }

    @Override
    public void checkResumed(SSLSession session) throws CertificateException {
        if (settings.clientAuth() != ClientAuth.NONE) {
            X509Certificate[] chain = clientChain(session);
            if (chain.length > 0) {
                trust.checkClientTrusted(chain, chain[0].getPublicKey().getAlgorithm());
            } else if (settings.clientAuth() == ClientAuth.NEED) {
                throw new CertificateException("The client has no certificate");
            }
        }
    }

    private static X509Certificate[] clientChain(SSLSession session) {
        try {
            Certificate[] chain = session.getPeerCertificates();
            return Arrays.copyOf(chain, chain.length, X509Certificate[].class);
        } catch (SSLPeerUnverifiedException e) {
            return new X509Certificate[0];
        }
    }

    /** The certificates, the default one first, as they are now. */
    public List<CertificateStatus> certificates() {
        return keys.current().all().stream()
                .map(certificate -> CertificateStatus.of(certificate, clock.instant()))
                .toList();
    }

    /** The certificates without their authorities, the default one first: clients of tests trust them. */
    public List<X509Certificate> shown() {
        return keys.current().all().stream().map(ServerCertificate::certificate).toList();
    }

    /** Reads again what has changed, and takes it for handshakes from now on. */
    synchronized void check() {
        if (loader.refresh(CertificateLog::unusable)) {
            CertificateSet before = keys.current();
            keys.use(new CertificateSet(loader.certificates()));
            CertificateLog.changes(Optional.of(before), keys.current());
        }
        if (authorities.isPresent() && authorities.get().refresh(CertificateLog::unusable)) {
            List<X509Certificate> trusted = authorities.get().value().orElseThrow();
            trust.use(trusted);
            CertificateLog.authorities(trusted.size());
        }
        expiry.check(loader.certificates(), clock.instant());
    }

    /** Ends the watching of files. Engines that were made go on. */
    @Override
    public void close() {
        periodic.close();
    }
}
