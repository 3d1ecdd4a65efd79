package dev.bistro.tls;

import dev.bistro.startup.Place;
import dev.bistro.startup.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The certificates of a folder: {@code x.crt} or {@code x.pem} with {@code x.key}; {@code x.p12} or {@code x.pfx}; and
 * folders in it that have {@code fullchain.pem} and {@code privkey.pem}. What begins with a dot is left out, as are
 * other files, and a {@code .crt} or {@code .pem} without key that isn't a server's certificate, such as an authority's.
 * For one thread at a time.
 */
final class CertificateFolder {
    private static final Logger LOG = LoggerFactory.getLogger(CertificateFolder.class);

    /** A certificate is gone when it isn't found twice in a row: in between somebody may remove and write it. */
    private static final int LOOKS = 2;

    private static final String CHAIN = "fullchain.pem";
    private static final String KEY = "privkey.pem";

    private final Path folder;
    private final Optional<String> keyPassword;

    /** By the path of the key, or of the store: the order of names decides which one is first. */
    private final Map<Path, WatchedFiles<Optional<ServerCertificate>>> watched = new TreeMap<>();

    private final Map<Path, Integer> absences = new HashMap<>();
    private Optional<Problem> fault = Optional.empty();

    CertificateFolder(Path folder, Optional<String> keyPassword) {
        this.folder = folder;
        this.keyPassword = keyPassword;
    }

    /** The certificates in the order of their files' names. */
    List<ServerCertificate> certificates() {
        return watched.keySet().stream().flatMap(id -> good(id).stream()).toList();
    }

    private Optional<ServerCertificate> good(Path id) {
        return Optional.ofNullable(watched.get(id)).flatMap(WatchedFiles::value).flatMap(found -> found);
    }

    /**
     * Looks into the folder again. If it can't be listed, its certificates stay.
     *
     * @param keepFirst whether the first certificate stays though it is gone, since it is the default
     * @param faults gets what is wrong, once for each state of the files
     * @return whether there are other certificates
     */
    boolean refresh(boolean keepFirst, Consumer<Problem> faults) {
        List<ServerCertificate> before = certificates();
        try {
            Set<Path> present = list();
            fault = Optional.empty();
            for (Path id : present) {
                watched.computeIfAbsent(id, this::watch).refresh(faults);
            }
            dropGone(present, keepFirst);
        } catch (IOException e) {
            tell(e, faults);
        }
        return !certificates().equals(before);
    }

    private void tell(IOException e, Consumer<Problem> faults) {
        Optional<Problem> found = Optional.of(Problem.of(
                        "unreadable-folder",
                        "The folder of certificates can't be listed ("
                                + e.getClass().getSimpleName() + ").")
                .at(new Place(folder.toString()))
                .cure("Set server.tls.folder to a folder that the server may read."));
        if (!found.equals(fault)) {
            fault = found;
            found.ifPresent(faults);
        }
    }

    private void dropGone(Set<Path> present, boolean keepFirst) {
        absences.keySet().removeAll(present);
        for (Path id : List.copyOf(watched.keySet())) {
            if (!present.contains(id)) {
                dropIfGone(id, absences.merge(id, 1, Integer::sum), keepFirst);
            }
        }
    }

    private void dropIfGone(Path id, int looks, boolean keepFirst) {
        Optional<ServerCertificate> gone = good(id);
        boolean isDefault = keepFirst
                && gone.isPresent()
                && gone.equals(certificates().stream().findFirst());
        if (isDefault && looks == LOOKS) {
            LOG.warn("TLS certificate {} is gone from its folder, but stays in use: it is the default", gone.get());
        } else if (!isDefault && looks >= LOOKS) {
            watched.remove(id);
            absences.remove(id);
            gone.ifPresent(certificate ->
                    LOG.warn("TLS certificate {} is gone from its folder, and isn't used any more", certificate));
        }
    }

    private WatchedFiles<Optional<ServerCertificate>> watch(Path id) {
        List<Path> files = isStore(id.getFileName().toString())
                ? List.of(id)
                : isInside(id) ? pairInside(id).all() : List.of(id, with(id, ".crt"), with(id, ".pem"));
        return new WatchedFiles<>(files, () -> read(id));
    }

    private Optional<ServerCertificate> read(Path id) throws UnusableCertificateException {
        if (isStore(id.getFileName().toString())) {
            return Optional.of(CertificateReader.read(id, Optional.empty(), keyPassword));
        }
        CertificateFiles pair = isInside(id) ? pairInside(id) : pair(id);
        if (!isInside(id) && !Files.exists(id)) {
            if (good(id).isEmpty() && !isServers(pair.certificate())) {
                return Optional.empty();
            }
            throw new UnusableCertificateException(
                    "The certificate of a server has no key beside it.",
                    pair.certificate().toString(),
                    "Put its key into " + id + ".");
        }
        return Optional.of(CertificateReader.read(pair.certificate(), pair.key(), keyPassword));
    }

    /** Whether a file has the certificate of a server, and not of an authority or something else. */
    private static boolean isServers(Path file) {
        try {
            return CertificateReader.readAuthorities(file).get(0).getBasicConstraints() < 0;
        } catch (UnusableCertificateException e) {
            return false;
        }
    }

    /** In which files of the folder there are certificates, by the path of the key or of the store. */
    private Set<Path> list() throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            var found = new TreeSet<Path>();
            entries.filter(entry -> !entry.getFileName().toString().startsWith("."))
                    .flatMap(this::id)
                    .forEach(found::add);
            return found;
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private Stream<Path> id(Path entry) {
        if (Files.isDirectory(entry)) {
            Path key = entry.resolve(KEY);
            return Files.exists(key) || Files.exists(entry.resolve(CHAIN)) ? Stream.of(key) : Stream.empty();
        }
        String name = entry.getFileName().toString();
        if (isStore(name)) {
            return Stream.of(entry);
        }
        return name.endsWith(".crt") || name.endsWith(".pem") || name.endsWith(".key")
                ? Stream.of(with(entry, ".key"))
                : Stream.empty();
    }

    private static boolean isStore(String name) {
        return name.endsWith(".p12") || name.endsWith(".pfx");
    }

    private boolean isInside(Path key) {
        return !folder.equals(key.getParent());
    }

    private static CertificateFiles pairInside(Path key) {
        return new CertificateFiles(key.resolveSibling(CHAIN), Optional.of(key));
    }

    private static CertificateFiles pair(Path key) {
        Path pem = with(key, ".pem");
        Path certificate = with(key, ".crt");
        return new CertificateFiles(
                Files.exists(pem) && !Files.exists(certificate) ? pem : certificate, Optional.of(key));
    }

    private static Path with(Path file, String ending) {
        String name = file.getFileName().toString();
        return file.resolveSibling(name.substring(0, name.lastIndexOf('.')) + ending);
    }
}
