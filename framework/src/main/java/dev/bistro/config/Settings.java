package dev.bistro.config;

import dev.bistro.startup.Problem;
import dev.bistro.startup.Problems;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * All settings, each from the strongest source that has it. The order in which a builder's methods are called is the one of the files and
 * of the overrides:
 *
 * <pre>
 * defaults &lt; application.properties on the class path &lt; the one in the working directory
 *          &lt; environment (SERVER_PORT for server.port) &lt; system properties &lt; arguments (--server.port=9000) &lt; what a program sets
 * </pre>
 */
public final class Settings {
    private static final String FILE = "application.properties";

    private final Map<String, Setting> files;
    private final Map<String, String> environment;
    private final Map<String, Setting> overrides;

    private Settings(Builder builder) {
        this.files = Map.copyOf(builder.files);
        this.environment = builder.environment;
        this.overrides = Map.copyOf(builder.overrides);
    }

    /** Collects settings from weak sources to strong ones; each {@code add} wins over those before it. Used once, at startup. */
    public static final class Builder {
        private final Problems problems;
        private final Map<String, Setting> files = new HashMap<>();
        private final Map<String, Setting> overrides = new HashMap<>();
        private Map<String, String> environment = Map.of();

        /** No settings yet; what can't be read goes to the problems. */
        public Builder(Problems problems) {
            this.problems = problems;
        }

        /** The file {@code application.properties} on the class path, if there is one. */
        public Builder addClassPath(ClassLoader loader) {
            URL url = loader.getResource(FILE);
            if (url != null) {
                try (Reader reader = new InputStreamReader(url.openStream(), StandardCharsets.UTF_8)) {
                    addFile(reader, FILE + " on the class path");
                } catch (IOException | IllegalArgumentException e) {
                    unreadable(url.toString(), e);
                }
            }
            return this;
        }

        /** The file {@code application.properties} in a directory, if there is one. */
        public Builder addDirectory(Path directory) {
            Path file = directory.resolve(FILE);
            if (Files.isRegularFile(file)) {
                try (Reader reader = Files.newBufferedReader(file)) {
                    addFile(reader, file.toString());
                } catch (IOException | IllegalArgumentException e) {
                    unreadable(file.toString(), e);
                }
            }
            return this;
        }

        private void addFile(Reader reader, String source) throws IOException {
            var properties = new Properties();
            properties.load(reader);
            properties.forEach((key, value) -> put(files, String.valueOf(key), String.valueOf(value), source));
        }

        private void unreadable(String file, Exception e) {
            problems.add(Problem.of(
                            "unreadable-settings",
                            "The settings in " + file + " can't be read: " + e.getMessage() + ".")
                    .cure("It has a line for each setting: server.port=9000"));
        }

        /** The environment's variables. */
        public Builder addEnvironment(Map<String, String> variables) {
            environment = Map.copyOf(variables);
            return this;
        }

        /** Java's system properties. */
        public Builder addSystemProperties(Properties properties) {
            properties
                    .stringPropertyNames()
                    .forEach(key -> put(overrides, key, properties.getProperty(key), "system property " + key));
            return this;
        }

        /** The command line: {@code --key=value}. */
        public Builder addArguments(Collection<String> arguments) {
            for (String argument : arguments) {
                int equals = argument.indexOf('=');
                if (argument.startsWith("--") && equals > 2) {
                    String key = argument.substring(2, equals);
                    put(overrides, key, argument.substring(equals + 1), "argument --" + key);
                } else {
                    problems.add(Problem.of("bad-argument", "The argument \"" + argument + "\" is not understood.")
                            .cure("Arguments look like --server.port=9000"));
                }
            }
            return this;
        }

        /** What a program sets itself. */
        public Builder addProgram(Map<String, String> settings) {
            settings.forEach((key, value) -> put(overrides, key, value, "set by the program"));
            return this;
        }

        private static void put(Map<String, Setting> map, String key, String value, String source) {
            map.put(key, new Setting(key, value, source));
        }

        /** The settings. */
        public Settings build() {
            return new Settings(this);
        }
    }

    /** The name of the environment's variable for a key: {@code SERVER_MAX_BODY_SIZE} for {@code server.max-body-size}. */
    static String variable(String key) {
        return key.replaceAll("[.-]", "_").toUpperCase(Locale.ROOT);
    }

    /** A setting, if any source has it. */
    public Optional<Setting> find(String key) {
        Setting setting = overrides.get(key);
        if (setting != null) {
            return Optional.of(setting);
        }
        String variable = variable(key);
        if (environment.containsKey(variable)) {
            return Optional.of(new Setting(key, environment.get(variable), "environment variable " + variable));
        }
        return Optional.ofNullable(files.get(key));
    }

    /** What was found below a prefix, but for the environment, whose variables can't be told from other programs'. */
    List<Setting> below(String prefix) {
        return Stream.concat(files.values().stream(), overrides.values().stream())
                .filter(setting -> setting.key().startsWith(prefix + "."))
                .sorted(Comparator.comparing(Setting::key).thenComparing(Setting::source))
                .toList();
    }
}
