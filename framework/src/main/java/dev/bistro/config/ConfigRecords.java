package dev.bistro.config;

import dev.bistro.annotation.Config;
import dev.bistro.annotation.Description;
import dev.bistro.startup.Place;
import dev.bistro.startup.Problem;
import dev.bistro.startup.Problems;
import dev.bistro.startup.Suggestion;
import dev.bistro.startup.Unloadable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The records with {@link Config} of the server and the application, which are read from settings. A setting with the
 * prefix of a record that no record has is a problem.
 *
 * <pre>{@code
 * var problems = new Problems();
 * var records = new ConfigRecords(List.of(ShopConfig.class), problems);
 * Optional<ShopConfig> shop = records.read(ShopConfig.class, settings);   // empty if there are problems with it
 * }</pre>
 */
public final class ConfigRecords {
    private static final Pattern PREFIX = Pattern.compile("[a-z][a-z0-9]*([.-][a-z0-9]+)*");
    private static final Set<String> JAVA_PREFIXES =
            Set.of("awt", "file", "java", "javax", "jdk", "line", "native", "os", "path", "sun", "user");

    /** The first words of system properties of build tools and libraries. */
    private static final Set<String> LIBRARY_PREFIXES = Set.of(
            "com",
            "env",
            "exec",
            "ftp",
            "gopher",
            "http",
            "https",
            "hibernate",
            "io",
            "jakarta",
            "jboss",
            "log4j",
            "log4j2",
            "logback",
            "mail",
            "maven",
            "net",
            "org",
            "slf4j",
            "socks",
            "surefire");

    private final Problems problems;
    private final Map<Class<?>, Declared> records = new LinkedHashMap<>();

    /** A record, which is inspected when its reader is asked for first. */
    private static final class Declared {
        private final Class<?> type;
        private final String prefix;
        private final RecordReaderFactory factory;
        private Optional<RecordReader> reader; // null until it is inspected

        Declared(Class<?> type, String prefix, RecordReaderFactory factory) {
            this.type = type;
            this.prefix = prefix;
            this.factory = factory;
        }

        /** Empty if it can't be read, which is a problem. */
        Optional<RecordReader> reader() {
            if (reader == null) {
                reader = factory.create(type);
            }
            return reader;
        }

        boolean hasPrefixOf(String key) {
            return key.length() > prefix.length() && key.charAt(prefix.length()) == '.' && key.startsWith(prefix);
        }

        /** Whether a setting's type is that of a secret, which no message may show. */
        boolean hides(String key) {
            return hasPrefixOf(key) && reader().isPresent() && reader().get().isSecret(key.substring(prefix.length()));
        }

        boolean has(String key) {
            // A record that can't be read is a problem already, so that its settings aren't reported too.
            return reader().isEmpty() || reader().get().isKey(key.substring(prefix.length()));
        }
    }

    /**
     * The settings of one record, for {@code --help}.
     *
     * @param prefix the prefix of their keys
     * @param description what they are for; may be empty
     * @param settings in the order of the record's components
     */
    public record Section(String prefix, String description, List<SettingDescription> settings) {
        /** Copies the list. */
        public Section {
            settings = List.copyOf(settings);
        }
    }

    /**
     * Inspects the declarations of records. Faults of them are added to the problems, and later those of settings.
     *
     * @throws IllegalArgumentException if one has no {@link Config}
     */
    public ConfigRecords(Collection<? extends Class<?>> types, Problems problems) {
        this(List.of(), Map.of(), types, problems);
    }

    /**
     * The same with records that are known to be without faults. They are inspected when one of their settings is
     * there, which few are at a usual start.
     *
     * @param known the first of all records
     * @param makers makes some of these, and of the records within, of the values of their components by name,
     *     without reflection
     * @param types those that come after them, and are inspected now
     * @throws IllegalArgumentException if one has no {@link Config}
     */
    public ConfigRecords(
            Collection<? extends Class<?>> known,
            Map<Class<?>, Function<Map<String, Object>, Object>> makers,
            Collection<? extends Class<?>> types,
            Problems problems) {
        this.problems = problems;
        var factory = new RecordReaderFactory(makers, problems);
        for (Class<?> type : known) {
            records.put(type, new Declared(type, prefix(type), factory));
        }
        for (Class<?> type : types) {
            String prefix = prefix(type);
            var declared = new Declared(type, prefix, factory);
            declared.reader = Optional.empty();
            records.put(type, declared);
            if (canBeRead(type, prefix)) {
                Unloadable.guard(type, problems, () -> declared.reader = factory.create(type));
            }
        }
    }

    private static String prefix(Class<?> type) {
        Config config = type.getAnnotation(Config.class);
        if (config == null) {
            throw new IllegalArgumentException(type.getName() + " has no @Config");
        }
        return config.value();
    }

    private boolean canBeRead(Class<?> type, String prefix) {
        if (!type.isRecord()) {
            problems.add(Problem.of("config-not-a-record", Place.name(type) + " has @Config, but is no record.")
                    .at(Place.of(type))
                    .cure("Write it as record " + Place.name(type) + "(int pageSize) {}"));
            return false;
        }
        if (!PREFIX.matcher(prefix).matches()) {
            problems.add(Problem.of("bad-prefix", "No setting can begin with \"" + prefix + "\".")
                    .at(Place.of(type))
                    .cure("A prefix is of small letters and digits, with hyphens within and dots between: "
                            + "@Config(\"shop.price-list\")."));
            return false;
        }
        if (JAVA_PREFIXES.contains(prefix.split("[.]")[0])) {
            problems.add(Problem.of(
                            "reserved-prefix",
                            "Settings that begin with \"" + prefix
                                    + "\" would be mixed with Java's own system properties.")
                    .at(Place.of(type))
                    .cure("Take another prefix, such as \"shop." + prefix + "\"."));
            return false;
        }
        return true;
    }

    /**
     * Reads a record; empty if it can't be made of these settings, and then the problems say why.
     *
     * @throws IllegalArgumentException if the type isn't one of these records
     */
    public <R> Optional<R> read(Class<R> type, Settings settings) {
        Declared record = declared(type);
        var context = new ComponentReader.Context(settings.withSecrets(this::isSecret), problems);
        return record.reader().map(reader -> type.cast(reader.read(record.prefix, context)));
    }

    /**
     * Whether any setting, or variable of the environment, begins with the prefix of a record. One that isn't set has
     * its defaults.
     *
     * @throws IllegalArgumentException if the type isn't one of these records
     */
    public boolean isSet(Class<?> type, Settings settings) {
        return settings.hasBelow(declared(type).prefix);
    }

    private Declared declared(Class<?> type) {
        Declared record = records.get(type);
        if (record == null) {
            throw new IllegalArgumentException(type.getName() + " was not given at first");
        }
        return record;
    }

    /** Whether another of these records has the same prefix. */
    public boolean sharesPrefix(Class<?> type) {
        Declared shared = declared(type);
        for (Declared record : records.values()) {
            if (record != shared && record.prefix.equals(shared.prefix)) {
                return true;
            }
        }
        return false;
    }

    private boolean isSecret(String key) {
        for (Declared record : records.values()) {
            if (record.hides(key)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Reads a record and checks it.
     *
     * @param check gives the faults of the record, which are added to the problems together with the settings; each
     *     begins with the component's name: {@code "pageSize must be greater than 0"}
     * @throws IllegalArgumentException if the type isn't one of these records
     */
    public <R> Optional<R> read(Class<R> type, Settings settings, Function<? super R, List<String>> check) {
        Optional<R> read = read(type, settings);
        List<String> faults = read.<List<String>>map(check::apply).orElse(List.of());
        Declared record = records.get(type);
        for (String says : faults) {
            problems.add(
                    record.reader().orElseThrow().rejected(says, record.prefix, settings.withSecrets(this::isSecret)));
        }
        return faults.isEmpty() ? read : Optional.empty();
    }

    /**
     * Adds a problem for each setting that has the prefix of a record, and that no record has. Environment variables
     * are left out, since most belong to other programs; so are system properties of the JDK and of libraries.
     */
    public void reportUnknown(Settings settings) {
        for (Setting setting : settings.all()) {
            if (Settings.isSystemProperty(setting)
                    && LIBRARY_PREFIXES.contains(setting.key().split("[.]")[0])) {
                continue;
            }
            var withPrefix = new ArrayList<Declared>();
            boolean isKnown = false;
            for (Declared record : records.values()) {
                if (record.hasPrefixOf(setting.key())) {
                    withPrefix.add(record);
                    isKnown |= record.has(setting.key());
                }
            }
            if (!withPrefix.isEmpty() && !isKnown) {
                problems.add(
                        unknown(setting, withPrefix.stream().flatMap(this::keys).toList()));
            }
        }
    }

    private static Problem unknown(Setting setting, List<String> known) {
        var problem = Problem.of(
                "unknown-setting", "There is no setting \"" + setting.key() + "\" (" + setting.source() + ").");
        return Suggestion.nearest(setting.key(), known)
                .map(near -> problem.cure("Did you mean \"" + near + "\"?"))
                .orElse(problem.cure("There are: " + String.join(", ", known)));
    }

    private Stream<String> keys(Declared record) {
        return describe(record).stream().map(SettingDescription::key);
    }

    private static List<SettingDescription> describe(Declared record) {
        var settings = new ArrayList<SettingDescription>();
        record.reader().ifPresent(reader -> reader.describe(record.prefix, settings::add));
        return settings;
    }

    /** All settings for {@code --help}, a section for each record. */
    public List<Section> describe() {
        return records.entrySet().stream()
                .map(entry -> new Section(
                        entry.getValue().prefix,
                        Optional.ofNullable(entry.getKey().getAnnotation(Description.class))
                                .map(Description::value)
                                .orElse(""),
                        describe(entry.getValue())))
                .toList();
    }
}
