package dev.bistro.index;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** An archive of the class path. Its central directory has the checksums of its files. */
final class ArchiveRoot implements ClassRoot {
    private static final String VERSIONS = "META-INF/versions/";

    private final Path path;
    private final ZipFile archive;

    ArchiveRoot(Path path) throws IOException {
        this.path = path;
        this.archive = new ZipFile(path.toFile());
    }

    @Override
    public Path path() {
        return path;
    }

    @Override
    public Map<String, Long> checksums(String folder) {
        var checksums = new HashMap<String, Long>();
        if (mayHave(folder)) {
            for (ZipEntry entry : Collections.list(archive.entries())) {
                String name = entry.getName();
                if (name.endsWith(IndexedClass.SUFFIX) && (name.startsWith(folder) || isVersionOf(folder, name))) {
                    checksums.put(name, entry.getCrc());
                }
            }
        }
        return checksums;
    }

    /**
     * Whether a file is a version of a class for newer Java releases (in a multi-release archive), which no index has.
     */
    private static boolean isVersionOf(String folder, String name) {
        return name.startsWith(VERSIONS) && name.startsWith(folder, name.indexOf('/', VERSIONS.length()) + 1);
    }

    /**
     * Whether the folder may be in the archive. Most archives have entries for folders, and then one look is enough.
     */
    private boolean mayHave(String folder) {
        return archive.getEntry(folder) != null || archive.getEntry(VERSIONS) != null || !hasFolders();
    }

    private boolean hasFolders() {
        var entries = archive.entries();
        while (entries.hasMoreElements()) {
            String name = entries.nextElement().getName();
            if (name.endsWith(IndexedClass.SUFFIX) && name.indexOf('/') > 0) {
                return archive.getEntry(name.substring(0, name.lastIndexOf('/') + 1)) != null;
            }
        }
        return true;
    }

    @Override
    public Optional<BufferedReader> open(String file) throws IOException {
        ZipEntry entry = archive.getEntry(file);
        return entry == null
                ? Optional.empty()
                : Optional.of(new BufferedReader(
                        new InputStreamReader(archive.getInputStream(entry), StandardCharsets.UTF_8)));
    }

    @Override
    public void close() throws IOException {
        archive.close();
    }
}
