package dev.bistro.config;

import dev.bistro.startup.Place;
import dev.bistro.startup.Problem;
import dev.bistro.startup.Problems;
import dev.bistro.startup.StartupException;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * All settings, each from the strongest source that has it. Among files, and among what is above the environment, the
 * order is that in which the builder's methods are called:
 *
 * <pre>
 * defaults
 *   &lt; application.properties on the class path, and those of profiles there
 *   &lt; the same in the working directory
 *   &lt; environment (SERVER_PORT for server.port)
 *   &lt; system properties
 *   &lt; arguments (--server.port=9000)
 *   &lt; what the program sets
 * </pre>
 */
public final class Settings {
    /** The index of a list's element in a key: {@code shop.mirrors.0.url}. */
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

    /** The same settings with more keys of secrets than those that look so. */
    Settings withSecrets(Predicate<String> keys) {
        return new Settings(files, environment, overrides, keys);
    }

    /** Collects settings from weak sources to strong ones: each {@code add} wins over those before. Used at startup. */
    public static final class Builder {
        private static final String NAME = "application";
        private static final String ENDING = ".properties";

        private final Problems problems;
        private final List<SettingsLocation> locations = new ArrayList<>();
        private final Map<String, Setting> overrides = new HashMap<>();
        private Map<String, String> environment = Map.of();

        /** Has no settings yet; what can't be read is added to the problems. */
        public Builder(Problems problems) {
            this.problems = problems;
        }

        /**
         * The file {@code application.properties} on the class path, if there is one. Files of profiles, such as
         * {@code application-prod.properties}, win over it.
         */
        public Builder addClassPath(ClassLoader loader) {
            return add(file -> loader.getResource(file), file -> file + " on the class path");
        }

        /**
         * The file {@code application.properties} in a directory, if there is one. Files of profiles, such as
         * {@code application-prod.properties}, win over it.
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

        private Builder add(Function<String, URL> files, UnaryOperator<String> names) {
            var location = new SettingsLocation(files, names, problems);
            location.read(NAME + ENDING);
            location.refuse(NAME + ".yml");
            location.refuse(NAME + ".yaml");
            locations.add(location);
            return this;
        }

        /** Environment variables: {@code SERVER_PORT} is {@code server.port}. */
        public Builder addEnvironment(Map<String, String> variables) {
            environment = Map.copyOf(variables);
            return this;
        }

        /** Java's system properties. */
        public Builder addSystemProperties(Properties properties) {
            for (String key : properties.stringPropertyNames()) {
                put(overrides, key, properties.getProperty(key), SYSTEM_PROPERTY + key);
            }
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

        /** Leaves out the argument's value, which may be a secret. */
        private static Problem notUnderstood(String argument, int equals) {
            String shown = equals < 0 ? argument : argument.substring(0, equals) + "=…";
            return Problem.of("bad-argument", "The argument \"" + shown + "\" is not understood.")
                    .cure("Arguments look like --server.port=9000");
        }

        /** Settings that the program makes itself, by key. */
        public Builder addProgram(Map<String, String> settings) {
            settings.forEach((key, value) -> put(overrides, key, value, "code of the program"));
            return this;
        }

        private static void put(Map<String, Setting> map, String key, String value, String source) {
            map.put(key, new Setting(key, value, source));
        }

        /** Builds the settings, with those of the profiles that {@code bistro.profile} names. */
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
            locations.forEach(location -> files.putAll(location.settings()));
            return files;
        }

        private void addProfile(String profile) {
            String file = NAME + "-" + profile + ENDING;
            if (!profile.matches("[A-Za-z0-9][A-Za-z0-9_-]*")
                    || locations.stream().noneMatch(location -> location.has(file))) {
                problems.add(
                        Problem.of("unknown-profile", "There is no " + file + " for the profile \"" + profile + "\".")
                                .cure("Write it beside an application.properties, on the class path or in the working "
                                        + "directory; or take the profile out of " + PROFILE + "."));
                return;
            }
            for (SettingsLocation location : locations) {
                Optional.ofNullable(location.read(file).get(PROFILE))
                        .ifPresent(late -> problems.add(
                                Problem.of("late-profile", "The file of a profile can't say which profiles there are.")
                                        .cure("Take " + PROFILE + " out of " + late.source() + ".")));
            }
        }
    }

    /** The environment variable of a key: {@code SERVER_MAX_BODY_SIZE} for {@code server.max-body-size}. */
    static String variable(String key) {
        return key.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT);
    }

    /**
     * A setting, if any source has it, with its placeholders replaced.
     *
     * @throws StartupException if a placeholder names no setting, or leads back to itself
     */
    public Optional<Setting> find(String key) {
        try {
            Optional<ResolvedSetting> found = found(key);
            return found.isPresent() ? Optional.of(found.get().setting()) : Optional.empty();
        } catch (Placeholders.Fault e) {
            throw new StartupException(List.of(e.problem()), e);
        }
    }

    /**
     * The same for callers that collect problems.
     *
     * @throws Placeholders.Fault if a placeholder names no setting, or leads back to itself
     */
    Optional<ResolvedSetting> found(String key) {
        Optional<Setting> written = written(key);
        return written.isPresent() ? Optional.of(resolved(written.get())) : Optional.empty();
    }

    /**
     * A text that isn't a setting itself, such as the value of an annotation, with its placeholders replaced.
     *
     * @param written where the text stands, for faults: {@code @MaxBody("${shop.max-image}")}
     * @param place is reported with a fault
     * @return empty if a placeholder names no setting, which is added to the problems
     */
    public Optional<String> replaced(String text, String written, Place place, Problems problems) {
        try {
            return Optional.of(Placeholders.replace(text, written, place, this::named, secrets));
        } catch (Placeholders.Fault e) {
            problems.add(e.problem());
            return Optional.empty();
        }
    }

    /** A setting with its placeholders replaced. */
    ResolvedSetting resolved(Setting written) {
        return Placeholders.resolve(written, this::named, secrets);
    }

    /** A setting as it is written, with placeholders. */
    Optional<Setting> written(String key) {
        Setting setting = overrides.get(key);
        if (setting != null) {
            return Optional.of(setting);
        }
        Optional<Setting> ofEnvironment = ofEnvironment(key, variable(key));
        return ofEnvironment.isPresent() ? ofEnvironment : Optional.ofNullable(files.get(key));
    }

    private Optional<Setting> named(String name) {
        return written(name).or(() -> variableOf(name));
    }

    /** Lets a placeholder name an environment variable as it is: {@code ${HOME}}. */
    private Optional<Setting> variableOf(String name) {
        return ofEnvironment(name, name);
    }

    private Optional<Setting> ofEnvironment(String key, String variable) {
        String value = environment.get(variable);
        return value == null
                ? Optional.empty()
                : Optional.of(new Setting(key, value, "environment variable " + variable));
    }

    private List<String> profiles(Problems problems) {
        if (written(PROFILE).isEmpty() && !hasBelow(PROFILE)) {
            return List.of();
        }
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
        } catch (Placeholders.Fault reported) {
            return List.of(); // reported when Bistro's own settings are read
        }
    }

    /** Whether a setting is a system property; the JDK and libraries have those too. */
    static boolean isSystemProperty(Setting setting) {
        return setting.source().equals(SYSTEM_PROPERTY + setting.key());
    }

    /** Whether a key begins with this one and a dot, or a variable of the environment with its name. */
    boolean hasBelow(String key) {
        return hasBelow(files.keySet(), key + ".")
                || hasBelow(overrides.keySet(), key + ".")
                || hasBelow(environment.keySet(), variable(key) + "_");
    }

    private static boolean hasBelow(Set<String> keys, String beginning) {
        for (String key : keys) {
            if (key.startsWith(beginning)) {
                return true;
            }
        }
        return false;
    }

    /** What follows the key and a dot in other keys, sorted. Environment variables are left out. */
    SortedSet<String> below(String key) {
        var below = new TreeSet<String>();
        addBelow(files.keySet(), key + ".", below);
        addBelow(overrides.keySet(), key + ".", below);
        return below;
    }

    private static void addBelow(Set<String> keys, String beginning, SortedSet<String> below) {
        for (String key : keys) {
            if (key.length() > beginning.length() && key.startsWith(beginning)) {
                below.add(key.substring(beginning.length()));
            }
        }
    }

    /** All settings by key, without environment variables, which may be other programs'. */
    List<Setting> all() {
        var all = new ArrayList<Setting>(files.values());
        all.addAll(overrides.values());
        all.sort(Settings::inOrder);
        return all;
    }

    private static int inOrder(Setting one, Setting other) {
        int byKey = one.key().compareTo(other.key());
        return byKey != 0 ? byKey : one.source().compareTo(other.source());
    }

    /**
     * The indexes of a list of records: 0 and 1 for {@code shop.mirrors} where there are {@code shop.mirrors.0.url} and
     * {@code SHOP_MIRRORS_1_URL}.
     */
    SortedSet<Integer> indexes(String key) {
        return indexes(key, LEADING_INDEX);
    }

    /**
     * The indexes of a list of texts: 0 and 1 for {@code shop.hosts} where there are {@code shop.hosts.0} and
     * {@code SHOP_HOSTS_1}.
     */
    SortedSet<Integer> elements(String key) {
        return indexes(key, WHOLE_INDEX);
    }

    private SortedSet<Integer> indexes(String key, Pattern pattern) {
        SortedSet<String> below = below(key);
        addBelow(environment.keySet(), variable(key) + "_", below);
        var indexes = new TreeSet<Integer>();
        for (String rest : below) {
            Matcher matcher = pattern.matcher(rest);
            if (matcher.matches()) {
                indexes.add(Integer.valueOf(matcher.group(1)));
            }
        }
        return indexes;
    }
}
