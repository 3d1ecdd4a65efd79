package dev.bistro.sample.files;

import dev.bistro.file.FileResponse;
import dev.bistro.file.SafePath;
import dev.bistro.http.BadRequestException;
import dev.bistro.http.ForbiddenException;
import dev.bistro.http.HttpException;
import dev.bistro.http.NotFoundException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The folder that is served. */
@Singleton
class Folder {
    private static final int MAX_NAME_BYTES = 255;

    private final SafePath files;

    @Inject
    Folder(FilesSettings settings) throws IOException {
        files = SafePath.of(settings.root().toAbsolutePath());
    }

    Path root() {
        return files.root();
    }

    /** What is at a request's path. */
    Path find(String path) {
        return files.resolve(path);
    }

    /** The file at a request's path. */
    FileResponse file(String path) {
        return files.file(path);
    }

    /**
     * Where something of that path is, or would be. Symbolic links are left alone: neither they nor what they lead to
     * is changed.
     *
     * @throws ForbiddenException for a hidden name, for the folder itself, and for what {@link SafePath} forbids
     * @throws NotFoundException if the folder for it isn't there
     */
    Path findPlace(String path) {
        String trimmed = withoutLastSlashes(path);
        String name = trimmed.substring(trimmed.lastIndexOf('/') + 1);
        if (name.startsWith(".")) {
            throw new ForbiddenException("A name that begins with a dot is not allowed");
        }
        if (name.getBytes(StandardCharsets.UTF_8).length > MAX_NAME_BYTES) {
            throw new BadRequestException("A name may have " + MAX_NAME_BYTES + " bytes at the most");
        }
        return files.resolveNew(trimmed);
    }

    /** A folder's path may end with a slash, and clients append one to those that do. */
    private static String withoutLastSlashes(String path) {
        int end = path.length();
        while (end > 0 && path.charAt(end - 1) == '/') {
            end--;
        }
        return path.substring(0, end);
    }

    /** The path of a file below the root, with slashes: {@code "a/b"}; empty for the root. */
    private String pathOf(Path file) {
        return root().relativize(file).toString().replace(file.getFileSystem().getSeparator(), "/");
    }

    /** The path of a file or folder as a link: {@code "/a%20b.txt"}, {@code "/a/b/"}. */
    String addressOf(Path file) {
        String address = "/" + Links.encode(pathOf(file));
        return Files.isDirectory(file) && address.length() > 1 ? address + "/" : address;
    }

    Listing list(Path directory) {
        var entries = new ArrayList<Entry>();
        try (Stream<Path> children = Files.list(directory)) {
            for (Path child : (Iterable<Path>) children::iterator) {
                entry(child).ifPresent(entries::add);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String path = pathOf(directory);
        Optional<String> readme = Listing.readmeAmong(entries).flatMap(entry -> text(directory.resolve(entry.name())));
        return new Listing(path.isEmpty() ? "/" : "/" + path + "/", List.copyOf(entries), readme);
    }

    /** The text of a file below the root; empty if it is too long to be shown, or can't be read any more. */
    Optional<String> text(Path file) {
        try {
            return TextFile.read(files.resolve(pathOf(file)));
        } catch (HttpException gone) {
            return Optional.empty();
        }
    }

    /** What can be opened: no hidden file, no link that leads out, no device, none that has gone by now. */
    private Optional<Entry> entry(Path child) throws IOException {
        String name = child.getFileName().toString();
        try {
            Path real = Files.isSymbolicLink(child) ? files.resolve(pathOf(child)) : child;
            var attributes = Files.readAttributes(real, BasicFileAttributes.class);
            boolean shown = !name.startsWith(".") && !attributes.isOther();
            long size = attributes.isDirectory() ? 0 : attributes.size();
            var entry = new Entry(
                    name,
                    attributes.isDirectory(),
                    size,
                    attributes.lastModifiedTime().toInstant());
            return shown ? Optional.of(entry) : Optional.empty();
        } catch (HttpException | NoSuchFileException notToBeShown) {
            return Optional.empty();
        }
    }
}
