package dev.bistro.config;

import dev.bistro.startup.Problem;
import dev.bistro.startup.Problems;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.net.URL;
import java.net.URLConnection;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
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
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
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
    /** The number of an element of a list, in a key: {@code shop.mirrors.0.url}. */
    static final String INDEX = "0|[1-9][0-9]{0,3}";

    private static final String FILE = "application.properties";
    private static final String BYTE_ORDER_MARK = "\uFEFF";
    private static final Pattern LEADING_INDEX = Pattern.compile("(" + INDEX + ")[._].*");

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
                try (InputStream in = open(url)) {
                    addFile(in, FILE + " on the class path");
                } catch (IOException | IllegalArgumentException e) {
                    unreadable(url.toString(), e);
                }
            }
            return this;
        }

        /** The file {@code application.properties} in a directory, if there is one. */
        public Builder addDirectory(Path directory) {
            Path file = directory.resolve(FILE).toAbsolutePath();
            if (Files.isRegularFile(file)) {
                try (InputStream in = Files.newInputStream(file)) {
                    addFile(in, file.toString());
                } catch (IOException | IllegalArgumentException e) {
                    unreadable(file.toString(), e);
                }
            }
            return this;
        }

        /** Doesn't keep a jar open, as the cache of these connections would. */
        private static InputStream open(URL url) throws IOException {
            URLConnection connection = url.openConnection();
            connection.setUseCaches(false);
            return connection.getInputStream();
        }

        private void addFile(InputStream in, String source) throws IOException {
            String text = utf8(in.readAllBytes());
            var properties = new Properties();
            properties.load(new StringReader(text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text));
            properties.forEach((key, value) -> put(files, String.valueOf(key), String.valueOf(value), source));
        }

        private static String utf8(byte[] bytes) throws IOException {
            try {
                return StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(bytes))
                        .toString();
            } catch (CharacterCodingException e) {
                throw new IOException("it is not in UTF-8", e);
            }
        }

        private void unreadable(String file, Exception e) {
            problems.add(Problem.of(
                            "unreadable-settings",
                            "The settings in " + file + " can't be read: " + sentence(e.getMessage()))
                    .cure("It has a line for each setting: server.port=9000"));
        }

        private static String sentence(String message) {
            return message != null && message.endsWith(".") ? message : message + ".";
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
            String before = "";
            for (String argument : arguments) {
                int equals = argument.indexOf('=');
                if (argument.startsWith("--") && equals > 2) {
                    String key = argument.substring(2, equals);
                    put(overrides, key, argument.substring(equals + 1), "argument --" + key);
                } else if (!isValueOf(before, argument)) {
                    problems.add(notUnderstood(argument, equals));
                }
                before = argument;
            }
            return this;
        }

        /** Whether an argument was meant for the one before it, as in {@code --shop.password s3cret}. */
        private static boolean isValueOf(String before, String argument) {
            return before.startsWith("--") && before.indexOf('=') < 0 && !argument.startsWith("--");
        }

        /** Without its value, which may be a secret. */
        private static Problem notUnderstood(String argument, int equals) {
            String shown = equals < 0 ? argument : argument.substring(0, equals) + "=…";
            return Problem.of("bad-argument", "The argument \"" + shown + "\" is not understood.")
                    .cure("Arguments look like --server.port=9000");
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

    /** What was found, but for the environment, whose variables can't be told from other programs'; by key. */
    List<Setting> all() {
        return Stream.concat(files.values().stream(), overrides.values().stream())
                .sorted(Comparator.comparing(Setting::key).thenComparing(Setting::source))
                .toList();
    }

    /** The numbers that follow a key: 0 and 1 where there are {@code shop.mirrors.0.url} and {@code SHOP_MIRRORS_1_URL}, for {@code shop.mirrors}. */
    SortedSet<Integer> indexes(String key) {
        Stream<String> below = all().stream()
                .map(Setting::key)
                .filter(found -> found.startsWith(key + "."))
                .map(found -> found.substring(key.length() + 1));
        String variable = variable(key) + "_";
        Stream<String> belowVariable = environment.keySet().stream()
                .filter(found -> found.startsWith(variable))
                .map(found -> found.substring(variable.length()));
        return Stream.concat(below, belowVariable)
                .map(LEADING_INDEX::matcher)
                .filter(Matcher::matches)
                .map(matcher -> Integer.valueOf(matcher.group(1)))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
