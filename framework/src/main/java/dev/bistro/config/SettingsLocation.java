package dev.bistro.config;

import dev.bistro.startup.Problem;
import dev.bistro.startup.Problems;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLConnection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * A place for files of settings: the class path, or a directory.
 *
 * @param files finds a file by its name; null if there is none
 * @param descriptions where a file is, for messages
 * @param problems where faults of files are added
 * @param settings those of all files that were read, where later files win
 */
record SettingsLocation(
        Function<String, URL> files,
        UnaryOperator<String> descriptions,
        Problems problems,
        Map<String, Setting> settings) {
    SettingsLocation(Function<String, URL> files, UnaryOperator<String> descriptions, Problems problems) {
        this(files, descriptions, problems, new HashMap<>());
    }

    /** Reads a file, and gives its settings: none if there is no such file, or if it can't be read. */
    Map<String, Setting> read(String file) {
        URL url = files.apply(file);
        if (url == null) {
            return Map.of();
        }
        try (InputStream in = open(url)) {
            Map<String, Setting> read =
                    SettingsFile.read(in, descriptions.apply(file)).settings(problems);
            settings.putAll(read);
            return read;
        } catch (IOException | IllegalArgumentException e) {
            problems.add(unreadable(descriptions.apply(file), e));
            return Map.of();
        }
    }

    /** Opens a file without the cache for connections, which would keep a jar open. */
    private static InputStream open(URL url) throws IOException {
        URLConnection connection = url.openConnection();
        connection.setUseCaches(false);
        return connection.getInputStream();
    }

    private static Problem unreadable(String file, Exception e) {
        String message = e.getMessage();
        String sentence = message != null && message.endsWith(".") ? message : message + ".";
        return Problem.of("unreadable-settings", "The settings in " + file + " can't be read: " + sentence)
                .cure("It has a line for each setting: server.port=9000");
    }

    boolean has(String file) {
        return files.apply(file) != null;
    }

    /** Adds a problem for a file that exists, and that people may believe to be read. */
    void refuse(String file) {
        if (has(file)) {
            problems.add(
                    Problem.of("unsupported-settings", "Settings in " + descriptions.apply(file) + " are not read.")
                            .cure("Write them into application.properties, a line for each: server.port=9000"));
        }
    }
}
