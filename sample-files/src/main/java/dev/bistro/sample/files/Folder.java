package dev.bistro.sample.files;

import dev.bistro.config.Setting;
import dev.bistro.config.Settings;
import dev.bistro.file.SafePath;
import dev.bistro.http.HttpException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The folder that is served: the setting {@code files.root}, or else the working directory. */
@Singleton
class Folder {
    private static final int MAX_README_BYTES = 64 * 1024;

    private final SafePath files;

    @Inject
    Folder(Settings settings) throws IOException {
        files = SafePath.of(
                Path.of(settings.find("files.root").map(Setting::value).orElse(""))
                        .toAbsolutePath());
    }

    Path find(String path) {
        return files.resolve(path);
    }

    /** The path of a file below the root, with slashes: {@code "a/b"}; empty for the root. */
    String pathOf(Path file) {
        return files.root()
                .relativize(file)
                .toString()
                .replace(file.getFileSystem().getSeparator(), "/");
    }

    Listing list(Path directory) {
        var entries = new ArrayList<Entry>();
        Optional<String> readme = Optional.empty();
        try (Stream<Path> children = Files.list(directory)) {
            for (Path child : (Iterable<Path>) children::iterator) {
                entry(child).ifPresent(entries::add);
                if (isReadme(child)) {
                    readme = Optional.of(start(child));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String path = pathOf(directory);
        return new Listing(path.isEmpty() ? "/" : "/" + path + "/", List.copyOf(entries), readme);
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
        } catch (HttpException | java.nio.file.NoSuchFileException notToBeShown) {
            return Optional.empty();
        }
    }

    private static boolean isReadme(Path file) {
        String name = file.getFileName().toString();
        boolean named = name.equalsIgnoreCase("README.md")
                || name.equalsIgnoreCase("README.txt")
                || name.equalsIgnoreCase("README");
        return named && Files.isRegularFile(file, java.nio.file.LinkOption.NOFOLLOW_LINKS);
    }

    private static String start(Path file) throws IOException {
        try (var input = Files.newInputStream(file)) {
            return new String(input.readNBytes(MAX_README_BYTES), StandardCharsets.UTF_8);
        }
    }
}
