package dev.bistro.config;

import dev.bistro.config.ComponentReader.Context;
import dev.bistro.config.ComponentReader.UsedSetting;
import dev.bistro.startup.Place;
import dev.bistro.startup.Problem;
import dev.bistro.startup.Unloadable;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Reads a record from the settings below a prefix. */
final class RecordReader {
    /**
     * A component.
     *
     * @param name its name in the record: {@code pageSize}
     * @param word its name in a key: {@code page-size}
     * @param reader reads its value
     */
    record Component(String name, String word, ComponentReader reader) {}

    private final Constructor<?> constructor;
    private final Optional<Function<Map<String, Object>, Object>> maker;
    private final List<Component> components;

    /**
     * A reader that calls the constructor, which has a parameter for each of the components.
     *
     * @param maker calls it without reflection, with the values by their names
     */
    RecordReader(
            Constructor<?> constructor,
            Optional<Function<Map<String, Object>, Object>> maker,
            List<Component> components) {
        this.constructor = constructor;
        this.maker = maker;
        this.components = List.copyOf(components);
    }

    /** The record; null if it can't be made, and then the problems say why. */
    Object read(String prefix, Context context) {
        var values = new ArrayList<Object>();
        for (Component component : components) {
            values.add(component.reader.read(key(prefix, component), context));
        }
        return values.contains(null) ? null : create(values, prefix, context);
    }

    private Object create(List<Object> values, String prefix, Context context) {
        try {
            return maker.isPresent() ? make(maker.get(), values) : constructor.newInstance(values.toArray());
        } catch (InvocationTargetException e) {
            context.problems().add(rejected(says(e.getCause()), prefix, context.settings()));
            return null;
        } catch (LinkageError e) {
            context.problems()
                    .add(Unloadable.problem(constructor.getDeclaringClass().getName(), e));
            return null;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("What was checked can't be called: " + constructor, e);
        }
    }

    private Object make(Function<Map<String, Object>, Object> record, List<Object> values)
            throws InvocationTargetException {
        var byName = new HashMap<String, Object>();
        for (int i = 0; i < values.size(); i++) {
            byName.put(components.get(i).name, values.get(i));
        }
        try {
            return record.apply(byName);
        } catch (RuntimeException e) {
            throw new InvocationTargetException(e); // as reflection tells what the constructor threw
        }
    }

    private static String says(Throwable cause) {
        return cause instanceof RuntimeException && cause.getMessage() != null
                ? cause.getMessage()
                : String.valueOf(cause);
    }

    /**
     * The problem of settings that the record's constructor or a constraint rejects.
     *
     * @param says its message; settings whose components it names are listed, or all if it names none
     */
    Problem rejected(String says, String prefix, Settings settings) {
        var all = new ArrayList<UsedSetting>();
        var named = new ArrayList<UsedSetting>();
        for (Component component : components) {
            component.reader.listUsed(key(prefix, component), settings, all::add);
            if (isNamed(component, says)) {
                component.reader.listUsed(key(prefix, component), settings, named::add);
            }
        }
        var problem = Problem.of(
                        "rejected-settings",
                        "The settings below \"" + prefix + "\" are rejected: " + sentence(withoutSecrets(says, all)))
                .at(Place.of(constructor.getDeclaringClass()));
        for (UsedSetting used : named.isEmpty() ? all : named) {
            problem = problem.cure(used.toString());
        }
        return problem;
    }

    private static boolean isNamed(Component component, String says) {
        return Pattern.compile("\\b(" + component.name + "|" + component.word + ")\\b")
                .matcher(says)
                .find();
    }

    private static String withoutSecrets(String says, List<UsedSetting> used) {
        String shown = says;
        for (UsedSetting setting : used) {
            String text = setting.text().strip();
            if (setting.isSecret() && !text.isEmpty()) {
                shown = shown.replace(text, Secret.SHOWN);
            }
        }
        return shown;
    }

    private static String sentence(String text) {
        return text.endsWith(".") ? text : text + ".";
    }

    boolean isSet(String prefix, Settings settings) {
        for (Component component : components) {
            if (component.reader.isSet(key(prefix, component), settings)) {
                return true;
            }
        }
        return false;
    }

    /** Whether a key is one of the record: {@code rest} is what follows the prefix, empty or beginning with a dot. */
    boolean isKey(String rest) {
        return isOfComponent(rest, ComponentReader::isKey);
    }

    /** Whether a key is one of the record, and its type is that of a secret. */
    boolean isSecret(String rest) {
        return isOfComponent(rest, ComponentReader::isSecret);
    }

    private boolean isOfComponent(String rest, BiPredicate<ComponentReader, String> test) {
        for (Component component : components) {
            if (rest.startsWith("." + component.word)) {
                String further = rest.substring(component.word.length() + 1);
                boolean isOfIt = further.isEmpty() || further.startsWith(".") || further.equals(SecretFile.SUFFIX);
                if (isOfIt && test.test(component.reader, further)) {
                    return true;
                }
            }
        }
        return false;
    }

    void describe(String prefix, Consumer<SettingDescription> listener) {
        components.forEach(component -> component.reader.describe(key(prefix, component), listener));
    }

    void listUsed(String prefix, Settings settings, Consumer<UsedSetting> listener) {
        components.forEach(component -> component.reader.listUsed(key(prefix, component), settings, listener));
    }

    private static String key(String prefix, Component component) {
        return prefix + "." + component.word;
    }
}
