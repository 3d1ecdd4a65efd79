package dev.bistro.config;

import dev.bistro.startup.Problem;
import dev.bistro.startup.Problems;
import dev.bistro.startup.StartupException;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All settings, each from the strongest source that has it. The order in which a builder's methods are called is the one of the files and
 * of the overrides:
 *
 * <pre>
 * defaults &lt; application.properties on the class path, and those of profiles there &lt; the same in the working directory
 *          &lt; environment (SERVER_PORT for server.port) &lt; system properties &lt; arguments (--server.port=9000) &lt; what a program sets
 * </pre>
 */
public final class Settings {
    /** The number of an element of a list, in a key: {@code shop.mirrors.0.url}. */
    static final String INDEX = "0|[1-9][0-9]{0,3}";

    private static final String PROFILE = "bistro.profile";
    private static final String SYSTEM_PROPERTY = "system property ";
    private static final Pattern WHOLE_INDEX = Pattern.compile("(" + INDEX + ")");
    private static final Pattern LEADING_INDEX = Pattern.compile("(" + INDEX + ")[._].*");

    private final Map<String, Setting> files;
    private final Map<String, String> environment;
    private final Map<String, Setting> overrides;
    private final Predicate<String> secrets;

    private Settings(
            Map<String, Setting> files,
            Map<String, String> environment,
            Map<String, Setting> overrides,
            Predicate<String> secrets) {
        this.files = Map.copyOf(files);
        this.environment = environment;
        this.overrides = Map.copyOf(overrides);
        this.secrets = secrets;
    }

    /** The same ones, where it is known of more keys than those that look so that they are of secrets. */
    Settings withSecrets(Predicate<String> keys) {
        return new Settings(files, environment, overrides, keys);
    }

    /** Collects settings from weak sources to strong ones; each {@code add} wins over those before it. Used once, at startup. */
    public static final class Builder {
        private static final String NAME = "application";
        private static final String ENDING = ".properties";

        private final Problems problems;
        private final List<Folder> folders = new ArrayList<>();
        private final Map<String, Setting> overrides = new HashMap<>();
        private Map<String, String> environment = Map.of();

        /** No settings yet; what can't be read goes to the problems. */
        public Builder(Problems problems) {
            this.problems = problems;
        }

        /**
         * The file {@code application.properties} on the class path, if there is one; those of profiles, such as
         * {@code application-prod.properties}, count above it.
         */
        public Builder addClassPath(ClassLoader loader) {
            return add(file -> loader.getResource(file), file -> file + " on the class path");
        }

        /**
         * The file {@code application.properties} in a directory, if there is one; those of profiles, such as
         * {@code application-prod.properties}, count above it.
         */
        public Builder addDirectory(Path directory) {
            return add(
                    file -> Files.isRegularFile(directory.resolve(file)) ? url(directory.resolve(file)) : null,
                    file -> directory.resolve(file).toAbsolutePath().toString());
        }

        private static URL url(Path file) {
            try {
                return file.toUri().toURL();
            } catch (MalformedURLException e) {
                throw new IllegalStateException("Each file has a URL", e);
            }
        }

        private Builder add(Function<String, URL> files, UnaryOperator<String> inWords) {
            var folder = new Folder(files, inWords, problems);
            folder.read(NAME + ENDING);
            folder.refuse(NAME + ".yml");
            folder.refuse(NAME + ".yaml");
            folders.add(folder);
            return this;
        }

        /**
         * A place for files.
         *
         * @param files gives a file by its name; null if there is none
         * @param inWords where that is
         * @param settings of all that were read there, the later ones above
         */
        private record Folder(
                Function<String, URL> files,
                UnaryOperator<String> inWords,
                Problems problems,
                Map<String, Setting> settings) {
            Folder(Function<String, URL> files, UnaryOperator<String> inWords, Problems problems) {
                this(files, inWords, problems, new HashMap<>());
            }

            /** Its settings; empty if there is no such file, or it can't be read, which is a problem then. */
            Map<String, Setting> read(String file) {
                URL url = files.apply(file);
                if (url == null) {
                    return Map.of();
                }
                try (InputStream in = open(url)) {
                    Map<String, Setting> read =
                            SettingsFile.read(in, inWords.apply(file)).settings(problems);
                    settings.putAll(read);
                    return read;
                } catch (IOException | IllegalArgumentException e) {
                    problems.add(unreadable(inWords.apply(file), e));
                    return Map.of();
                }
            }

            boolean has(String file) {
                return files.apply(file) != null;
            }

            /** One that people may believe to be read. */
            void refuse(String file) {
                if (has(file)) {
                    problems.add(
                            Problem.of("unsupported-settings", "Settings in " + inWords.apply(file) + " are not read.")
                                    .cure("Write them into application.properties, a line for each: server.port=9000"));
                }
            }
        }

        /** Doesn't keep a jar open, as the cache of these connections would. */
        private static InputStream open(URL url) throws IOException {
            URLConnection connection = url.openConnection();
            connection.setUseCaches(false);
            return connection.getInputStream();
        }

        private static Problem unreadable(String file, Exception e) {
            return Problem.of(
                            "unreadable-settings",
                            "The settings in " + file + " can't be read: " + sentence(e.getMessage()))
                    .cure("It has a line for each setting: server.port=9000");
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
                    .forEach(key -> put(overrides, key, properties.getProperty(key), SYSTEM_PROPERTY + key));
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

        /** The settings, with those of the profiles that they name. */
        public Settings build() {
            Settings settings = settings();
            List<String> profiles = settings.profiles(problems);
            profiles.forEach(this::addProfile);
            return profiles.isEmpty() ? settings : settings();
        }

        private Settings settings() {
            return new Settings(files(), environment, overrides, key -> false);
        }

        private Map<String, Setting> files() {
            var files = new HashMap<String, Setting>();
            folders.forEach(folder -> files.putAll(folder.settings));
            return files;
        }

        private void addProfile(String profile) {
            String file = NAME + "-" + profile + ENDING;
            if (!profile.matches("[A-Za-z0-9][A-Za-z0-9_-]*")
                    || folders.stream().noneMatch(folder -> folder.has(file))) {
                problems.add(
                        Problem.of("unknown-profile", "There is no " + file + " for the profile \"" + profile + "\".")
                                .cure(
                                        "Write it beside an application.properties, on the class path or in the working directory; or take the profile out of "
                                                + PROFILE + "."));
                return;
            }
            for (Folder folder : folders) {
                Optional.ofNullable(folder.read(file).get(PROFILE))
                        .ifPresent(late -> problems.add(
                                Problem.of("late-profile", "The file of a profile can't say which profiles there are.")
                                        .cure("Take " + PROFILE + " out of " + late.source() + ".")));
            }
        }
    }

    /** The name of the environment's variable for a key: {@code SERVER_MAX_BODY_SIZE} for {@code server.max-body-size}. */
    static String variable(String key) {
        return key.replaceAll("[.-]", "_").toUpperCase(Locale.ROOT);
    }

    /**
     * A setting, if any source has it, with what its placeholders stand for.
     *
     * @throws StartupException if a placeholder stands for nothing, or for itself
     */
    public Optional<Setting> find(String key) {
        try {
            return found(key).map(ResolvedSetting::setting);
        } catch (Placeholders.Fault e) {
            throw new StartupException(List.of(e.problem()), e);
        }
    }

    /**
     * The same, for those who collect problems.
     *
     * @throws Placeholders.Fault if a placeholder stands for nothing, or for itself
     */
    Optional<ResolvedSetting> found(String key) {
        return written(key).map(this::resolved);
    }

    /** A text with what its placeholders stand for. */
    ResolvedSetting resolved(Setting written) {
        return Placeholders.resolve(written, name -> written(name).or(() -> variableOf(name)), secrets);
    }

    /** A setting as it is written, with its placeholders. */
    Optional<Setting> written(String key) {
        Setting setting = overrides.get(key);
        return setting != null
                ? Optional.of(setting)
                : ofEnvironment(key, variable(key)).or(() -> Optional.ofNullable(files.get(key)));
    }

    /** A placeholder may name a variable as it is called. */
    private Optional<Setting> variableOf(String name) {
        return ofEnvironment(name, name);
    }

    private Optional<Setting> ofEnvironment(String key, String variable) {
        return Optional.ofNullable(environment.get(variable))
                .map(value -> new Setting(key, value, "environment variable " + variable));
    }

    private List<String> profiles(Problems problems) {
        try {
            var texts = new ArrayList<String>();
            found(PROFILE)
                    .ifPresent(found ->
                            texts.addAll(List.of(found.setting().value().split(","))));
            elements(PROFILE)
                    .forEach(index -> found(PROFILE + "." + index)
                            .ifPresent(found -> texts.add(found.setting().value())));
            return texts.stream()
                    .map(String::strip)
                    .filter(text -> !text.isEmpty())
                    .toList();
        } catch (Placeholders.Fault told) {
            return List.of(); // when the settings of Bistro are read
        }
    }

    /** Whether it is of the system properties, which are shared with the JDK and with libraries. */
    static boolean isSystemProperty(Setting setting) {
        return setting.source().equals(SYSTEM_PROPERTY + setting.key());
    }

    /** What follows a key and a dot, wherever it is written but in the environment; in the order of the alphabet. */
    SortedSet<String> below(String key) {
        return all().stream()
                .map(Setting::key)
                .filter(found -> found.length() > key.length() + 1 && found.startsWith(key + "."))
                .map(found -> found.substring(key.length() + 1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** What was found, but for the environment, whose variables can't be told from other programs'; by key. */
    List<Setting> all() {
        return Stream.concat(files.values().stream(), overrides.values().stream())
                .sorted(Comparator.comparing(Setting::key).thenComparing(Setting::source))
                .toList();
    }

    /** The numbers that follow a key: 0 and 1 where there are {@code shop.mirrors.0.url} and {@code SHOP_MIRRORS_1_URL}, for {@code shop.mirrors}. */
    SortedSet<Integer> indexes(String key) {
        return indexes(key, LEADING_INDEX);
    }

    /**
     * The numbers that follow a key, and after which nothing comes: 0 and 1 where there are {@code shop.hosts.0} and
     * {@code SHOP_HOSTS_1}.
     */
    SortedSet<Integer> elements(String key) {
        return indexes(key, WHOLE_INDEX);
    }

    private SortedSet<Integer> indexes(String key, Pattern pattern) {
        String variable = variable(key) + "_";
        Stream<String> belowVariable = environment.keySet().stream()
                .filter(found -> found.startsWith(variable))
                .map(found -> found.substring(variable.length()));
        return Stream.concat(below(key).stream(), belowVariable)
                .map(pattern::matcher)
                .filter(Matcher::matches)
                .map(matcher -> Integer.valueOf(matcher.group(1)))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
