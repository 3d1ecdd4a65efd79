package dev.bistro.file;

import java.io.IOException;
import java.net.URI;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.spi.FileSystemProvider;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The file system of this machine, but it takes names for the same that differ in case, in the form of Unicode, or in
 * dots at the end; as those of Windows and macOS do, and what Linux mounts of them.
 */
final class FoldingFileSystem extends FileSystem {
    private final boolean tellsNames;
    private final Provider provider = new Provider();

    /**
     * @param tellsNames whether real paths have the names that are stored, as on Windows; or those that were asked for,
     *     as on Linux
     */
    FoldingFileSystem(boolean tellsNames) {
        this.tellsNames = tellsNames;
    }

    Path wrap(Path real) {
        return new FoldedPath(real);
    }

    private static String folded(String name) {
        return Normalizer.normalize(name.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT), Normalizer.Form.NFC)
                .replaceAll("\\.+$", "");
    }

    /** The path with the names as they are stored, as far as there is something. */
    private static Path stored(Path asked) throws IOException {
        Path found = asked.getRoot();
        for (Path name : asked) {
            found = found.resolve(storedName(found, name.toString()));
        }
        return found;
    }

    private static String storedName(Path directory, String name) throws IOException {
        if (Files.exists(directory.resolve(name), LinkOption.NOFOLLOW_LINKS) || !Files.isDirectory(directory)) {
            return name;
        }
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.map(entry -> entry.getFileName().toString())
                    .filter(entry -> folded(entry).equals(folded(name)))
                    .findFirst()
                    .orElse(name);
        }
    }

    private static Path unwrap(Path path) {
        return ((FoldedPath) path).asked;
    }

    private final class FoldedPath implements Path {
        private final Path asked;

        FoldedPath(Path asked) {
            this.asked = asked;
        }

        private Path wrapped(Path path) {
            return path == null ? null : new FoldedPath(path);
        }

        @Override
        public Path toRealPath(LinkOption... options) throws IOException {
            Path real = stored(asked).toRealPath(options);
            return wrapped(tellsNames || !stored(asked).equals(real) ? real : asked);
        }

        @Override
        public FileSystem getFileSystem() {
            return FoldingFileSystem.this;
        }

        @Override
        public boolean isAbsolute() {
            return asked.isAbsolute();
        }

        @Override
        public Path getRoot() {
            return wrapped(asked.getRoot());
        }

        @Override
        public Path getFileName() {
            return wrapped(asked.getFileName());
        }

        @Override
        public Path getParent() {
            return wrapped(asked.getParent());
        }

        @Override
        public int getNameCount() {
            return asked.getNameCount();
        }

        @Override
        public Path getName(int index) {
            return wrapped(asked.getName(index));
        }

        @Override
        public Path subpath(int begin, int end) {
            return wrapped(asked.subpath(begin, end));
        }

        @Override
        public boolean startsWith(Path other) {
            return asked.startsWith(unwrap(other));
        }

        @Override
        public boolean endsWith(Path other) {
            return asked.endsWith(unwrap(other));
        }

        @Override
        public Path normalize() {
            return wrapped(asked.normalize());
        }

        @Override
        public Path resolve(Path other) {
            return wrapped(asked.resolve(unwrap(other)));
        }

        @Override
        public Path relativize(Path other) {
            return wrapped(asked.relativize(unwrap(other)));
        }

        @Override
        public URI toUri() {
            return asked.toUri();
        }

        @Override
        public Path toAbsolutePath() {
            return wrapped(asked.toAbsolutePath());
        }

        @Override
        public WatchKey register(WatchService watcher, WatchEvent.Kind<?>[] events, WatchEvent.Modifier... modifiers) {
            throw new UnsupportedOperationException();
        }

        @Override
        public int compareTo(Path other) {
            return asked.compareTo(unwrap(other));
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof FoldedPath path && asked.equals(path.asked);
        }

        @Override
        public int hashCode() {
            return asked.hashCode();
        }

        @Override
        public String toString() {
            return asked.toString();
        }
    }

    private final class Provider extends FileSystemProvider {
        @Override
        public String getScheme() {
            return "folding";
        }

        @Override
        public FileSystem newFileSystem(URI uri, Map<String, ?> env) {
            throw new UnsupportedOperationException();
        }

        @Override
        public FileSystem getFileSystem(URI uri) {
            return FoldingFileSystem.this;
        }

        @Override
        public Path getPath(URI uri) {
            throw new UnsupportedOperationException();
        }

        @Override
        public SeekableByteChannel newByteChannel(
                Path path, Set<? extends OpenOption> options, FileAttribute<?>... attrs) throws IOException {
            return Files.newByteChannel(stored(unwrap(path)), options, attrs);
        }

        @Override
        public DirectoryStream<Path> newDirectoryStream(Path directory, DirectoryStream.Filter<? super Path> filter)
                throws IOException {
            List<Path> all = new ArrayList<>();
            try (Stream<Path> entries = Files.list(stored(unwrap(directory)))) {
                entries.map(FoldingFileSystem.this::wrap).forEach(all::add);
            }
            return new DirectoryStream<>() {
                @Override
                public java.util.Iterator<Path> iterator() {
                    return all.iterator();
                }

                @Override
                public void close() {}
            };
        }

        @Override
        public void createDirectory(Path path, FileAttribute<?>... attrs) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void delete(Path path) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void copy(Path source, Path target, CopyOption... options) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void move(Path source, Path target, CopyOption... options) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean isSameFile(Path one, Path other) throws IOException {
            return Files.isSameFile(stored(unwrap(one)), stored(unwrap(other)));
        }

        @Override
        public boolean isHidden(Path path) {
            return false;
        }

        @Override
        public FileStore getFileStore(Path path) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void checkAccess(Path path, AccessMode... modes) throws IOException {
            Path found = stored(unwrap(path));
            found.getFileSystem().provider().checkAccess(found, modes);
        }

        @Override
        public <V extends FileAttributeView> V getFileAttributeView(Path path, Class<V> type, LinkOption... options) {
            throw new UnsupportedOperationException();
        }

        @Override
        public <A extends BasicFileAttributes> A readAttributes(Path path, Class<A> type, LinkOption... options)
                throws IOException {
            return Files.readAttributes(stored(unwrap(path)), type, options);
        }

        @Override
        public Map<String, Object> readAttributes(Path path, String attributes, LinkOption... options)
                throws IOException {
            return Files.readAttributes(stored(unwrap(path)), attributes, options);
        }

        @Override
        public void setAttribute(Path path, String attribute, Object value, LinkOption... options) {
            throw new UnsupportedOperationException();
        }
    }

    @Override
    public FileSystemProvider provider() {
        return provider;
    }

    @Override
    public void close() {}

    @Override
    public boolean isOpen() {
        return true;
    }

    @Override
    public boolean isReadOnly() {
        return true;
    }

    @Override
    public String getSeparator() {
        return "/";
    }

    @Override
    public Iterable<Path> getRootDirectories() {
        return List.of(wrap(Path.of("/")));
    }

    @Override
    public Iterable<FileStore> getFileStores() {
        return List.of();
    }

    @Override
    public Set<String> supportedFileAttributeViews() {
        return Set.of("basic");
    }

    @Override
    public Path getPath(String first, String... more) {
        return wrap(Path.of(first, more));
    }

    @Override
    public PathMatcher getPathMatcher(String syntaxAndPattern) {
        throw new UnsupportedOperationException();
    }

    @Override
    public UserPrincipalLookupService getUserPrincipalLookupService() {
        throw new UnsupportedOperationException();
    }

    @Override
    public WatchService newWatchService() {
        throw new UnsupportedOperationException();
    }
}
