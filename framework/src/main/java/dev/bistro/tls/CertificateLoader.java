package dev.bistro.tls;

import dev.bistro.startup.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Reads all certificates that the settings name, and reads them again where they change. For one thread at a time. */
final class CertificateLoader {
    private final List<WatchedFiles<ServerCertificate>> named = new ArrayList<>();
    private final Optional<CertificateFolder> folder;

    CertificateLoader(TlsSettings settings) {
        for (CertificateFiles files : settings.named()) {
            named.add(new WatchedFiles<>(
                    files.all(),
                    () -> CertificateReader.read(files.certificate(), files.key(), settings.keyPassword())));
        }
        if (settings.development()) {
            named.add(new WatchedFiles<>(List.of(), CertificateLoader::development));
        }
        folder = settings.folder().map(path -> new CertificateFolder(path, settings.keyPassword()));
    }

    private static ServerCertificate development() throws UnusableCertificateException {
        try {
            return DevelopmentCertificate.create();
        } catch (IllegalStateException e) {
            throw new UnusableCertificateException(
                    "No certificate for localhost can be made (server.tls.development).",
                    "the Java that runs it",
                    e.getMessage());
        }
    }

    /**
     * Reads what has changed.
     *
     * @param faults gets what is wrong, once for each state of the files
     * @return whether there are other certificates now
     */
    boolean refresh(Consumer<Problem> faults) {
        boolean changed = false;
        for (WatchedFiles<ServerCertificate> files : named) {
            changed |= files.refresh(faults);
        }
        return folder.map(files -> files.refresh(named.isEmpty(), faults)).orElse(false) | changed;
    }

    /**
     * The last good certificates: those that are named in the order of their settings, then the folder's by file name.
     * The first is the default.
     */
    List<ServerCertificate> certificates() {
        return Stream.concat(
                        named.stream().flatMap(files -> files.value().stream()),
                        folder.stream().flatMap(files -> files.certificates().stream()))
                .toList();
    }
}
