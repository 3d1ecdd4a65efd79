package dev.bistro.file;

import dev.bistro.http.ForbiddenException;
import dev.bistro.http.NotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The safe way from a request's path to a file in a directory: it never gives a file outside of the root, and a client
 * can't find out whether one exists there.
 *
 * <pre>{@code
 * SafePath files = SafePath.of(Path.of("/srv/files"));
 * files.resolve("reports/2026.pdf");      // /srv/files/reports/2026.pdf, or a NotFoundException
 * files.resolve("../../etc/passwd");      // a ForbiddenException, whether that exists or not
 * files.file("reports/2026.pdf");         // the same as a response
 * }</pre>
 *
 * <p>Between the check and the opening of a file, somebody could put a symbolic link in its place. Responses of
 * {@link #file} and {@link #find} check again when the file is open. If you open a {@link #resolve resolved} path
 * yourself, and others can create links below the root, open it with {@link LinkOption#NOFOLLOW_LINKS}.
 */
public final class SafePath {
    private final Path root;
    private final boolean hidden;

    private SafePath(Path root, boolean hidden) {
        this.root = root;
        this.hidden = hidden;
    }

    /**
     * Gives the files in a directory and its subdirectories.
     *
     * @throws IOException if there is no such directory
     */
    public static SafePath of(Path root) throws IOException {
        Path real = root.toRealPath();
        if (!Files.isDirectory(real)) {
            throw new IOException("Not a directory: " + root);
        }
        return new SafePath(real, false);
    }

    /** A copy that also gives hidden files and directories, whose names begin with a dot. */
    public SafePath withHiddenFiles() {
        return new SafePath(root, true);
    }

    /** The directory, with symbolic links resolved. */
    public Path root() {
        return root;
    }

    /**
     * Finds an existing file or directory; symbolic links in the result are resolved.
     *
     * @param path the path below the root, percent-decoded as a path variable is: {@code "a/b c.txt"}; empty for the
     *     root. One that ends with a slash finds directories only
     * @throws ForbiddenException if it has {@code ..}, a backslash or a control character; on Windows also for the name
     *     of a drive, a stream or a device
     * @throws NotFoundException if there is nothing, if it is hidden, or if a symbolic link leads out of the root; if
     *     the path begins with a slash, or has two in a row; if the name is written in another way than the file's own,
     *     which the file system takes for the same ({@code A.TXT} for {@code a.txt})
     */
    public Path resolve(String path) {
        return locate(PathSegments.parse(path)).orElseThrow(SafePath::notFound);
    }

    /**
     * The file at a path as a response, which can be refined: {@code files.file("a.pdf").attachment()}.
     *
     * @param path as for {@link #resolve}
     * @throws ForbiddenException as {@link #resolve}
     * @throws NotFoundException as {@link #resolve}, and if it isn't a regular file. Thrown by
     *     {@link FileResponse#answer} if a slash of the path was percent-encoded in the request's path, since routes
     *     and filters took that for a character of a name
     */
    public FileResponse file(String path) {
        return find(path).orElseThrow(SafePath::notFound);
    }

    /**
     * The file at a path as a response; empty if there is none.
     *
     * @param path as for {@link #resolve}
     * @throws ForbiddenException as {@link #resolve}
     */
    public Optional<FileResponse> find(String path) {
        return KnownFiles.OF_PROCESS.find(this, path).map(source -> FileResponse.of(source, path));
    }

    Optional<FileSource> find(PathSegments path) {
        return findOnDisk(path).map(file -> file);
    }

    /** Looks for a file without regard to what is remembered. */
    Optional<PathFileSource> findOnDisk(PathSegments path) {
        return path.mayBeFile() ? locate(path).filter(Files::isRegularFile).map(this::source) : Optional.empty();
    }

    boolean givesHidden() {
        return hidden;
    }

    private PathFileSource source(Path file) {
        return new PathFileSource(file, pathInFolder(file));
    }

    /**
     * The place for a new file or directory. Its parent exists, and is within the root. There may be a file of just
     * this name already, but no symbolic link.
     *
     * @param path the path below the root, percent-decoded
     * @throws ForbiddenException as {@link #resolve}, and for the root itself
     * @throws NotFoundException if the parent doesn't exist, or if the path is written in a way for which
     *     {@link #resolve} finds nothing
     */
    public Path resolveNew(String path) {
        PathSegments segments = PathSegments.parse(path);
        if (segments.isEmpty()) {
            throw PathSegments.forbidden();
        }
        Path asked = asked(segments).orElseThrow(SafePath::notFound);
        Path directory = inside(asked.getParent()).filter(Files::isDirectory).orElseThrow(SafePath::notFound);
        Path place = directory.resolve(asked.getFileName());
        boolean isThere = Files.exists(place, LinkOption.NOFOLLOW_LINKS);
        int names = segments.names().size();
        if (!isNamed(segments.names().subList(0, isThere ? names : names - 1)) || Files.isSymbolicLink(place)) {
            throw notFound();
        }
        return place;
    }

    private Optional<Path> locate(PathSegments path) {
        return asked(path)
                .flatMap(this::inside)
                .filter(real -> !path.isFolder() || Files.isDirectory(real))
                .filter(real -> isNamed(path.names()));
    }

    /** Whether each directory on the way lists just this name. A symbolic link on the way counts by its own name. */
    private boolean isNamed(List<String> names) {
        Path directory = root;
        for (String name : names) {
            if (!StoredName.isIn(directory, name)) {
                return false;
            }
            directory = directory.resolve(name);
        }
        return true;
    }

    private Optional<Path> asked(PathSegments path) {
        if (!path.isCanonical() || path.hasHidden() && !hidden) {
            return Optional.empty();
        }
        try {
            return Optional.of(root.resolve(path.joined()));
        } catch (InvalidPathException e) {
            return Optional.empty(); // no file can have such a name
        }
    }

    private Optional<Path> inside(Path path) {
        try {
            Path real = path.toRealPath();
            return real.startsWith(root) && (hidden || !hasHidden(real)) ? Optional.of(real) : Optional.empty();
        } catch (IOException missing) {
            return Optional.empty();
        }
    }

    private boolean hasHidden(Path real) {
        for (Path name : root.relativize(real)) {
            if (name.toString().startsWith(".")) {
                return true;
            }
        }
        return false;
    }

    /** The path below the root, with slashes. */
    private String pathInFolder(Path real) {
        return root.relativize(real).toString().replace(root.getFileSystem().getSeparator(), "/");
    }

    static NotFoundException notFound() {
        return new NotFoundException("There is no such file");
    }
}
