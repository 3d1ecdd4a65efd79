package dev.bistro.config;

import dev.bistro.startup.Problem;
import dev.bistro.startup.Problems;
import dev.bistro.startup.Suggestion;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Reads a record from settings: the component {@code maxBodySize} of a record below {@code server} is the setting
 * {@code server.max-body-size}.
 */
public final class SettingsReader {
    private final Settings settings;
    private final Problems problems;

    /** Reads from these settings; what is wrong with them goes to the problems. */
    public SettingsReader(Settings settings, Problems problems) {
        this.settings = settings;
        this.problems = problems;
    }

    /**
     * Reads a record; where there is no setting, or not a good one, its component is as in the defaults. A setting below the prefix that the record doesn't have is
     * a problem.
     */
    public <R extends Record> R read(String prefix, R defaults) {
        RecordComponent[] components = defaults.getClass().getRecordComponents();
        reportUnknown(prefix, components);
        var values = new ArrayList<Object>();
        for (RecordComponent component : components) {
            values.add(value(key(prefix, component), component, defaults));
        }
        @SuppressWarnings("unchecked")
        var type = (Class<R>) defaults.getClass();
        return create(type, components, values);
    }

    private void reportUnknown(String prefix, RecordComponent[] components) {
        List<String> known = Arrays.stream(components)
                .map(component -> key(prefix, component))
                .toList();
        for (Setting setting : settings.below(prefix)) {
            if (!known.contains(setting.key())) {
                var problem = Problem.of(
                        "unknown-setting", "There is no setting \"" + setting.key() + "\" (" + setting.source() + ").");
                problems.add(Suggestion.nearest(setting.key(), known)
                        .map(near -> problem.cure("Did you mean \"" + near + "\"?"))
                        .orElse(problem.cure("There are: " + String.join(", ", known))));
            }
        }
    }

    private Object value(String key, RecordComponent component, Record defaults) {
        SettingTypes.SettingType type = SettingTypes.of(component.getType())
                .orElseThrow(() -> new IllegalArgumentException("No setting can be of " + component.getType()));
        return settings.find(key)
                .map(setting -> parse(setting, type, component, defaults))
                .orElseGet(() -> get(component, defaults));
    }

    private Object parse(Setting setting, SettingTypes.SettingType type, RecordComponent component, Record defaults) {
        try {
            return type.parse().apply(setting.value().strip());
        } catch (RuntimeException notOne) {
            problems.add(Problem.of(
                            "bad-setting",
                            "The setting \"" + setting.key() + "\" is " + setting.shown() + ", which is not "
                                    + type.expected() + ".")
                    .cure("It comes from the " + setting.source() + "."));
            return get(component, defaults);
        }
    }

    private static Object get(RecordComponent component, Record record) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException("Can't read " + component, e);
        }
    }

    private static <R> R create(Class<R> type, RecordComponent[] components, List<Object> values) {
        try {
            Class<?>[] types =
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
            Constructor<R> constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor.newInstance(values.toArray());
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException("Can't make a " + type, e);
        }
    }

    /** {@code server.max-body-size} of {@code maxBodySize}. */
    static String key(String prefix, RecordComponent component) {
        return prefix + "." + component.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }
}
