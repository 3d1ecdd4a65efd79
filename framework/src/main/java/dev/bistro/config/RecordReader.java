package dev.bistro.config;

import dev.bistro.config.ComponentReader.Reading;
import dev.bistro.config.ComponentReader.Used;
import dev.bistro.startup.Place;
import dev.bistro.startup.Problem;
import dev.bistro.startup.Unloadable;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Reads a record from the settings below a prefix. */
final class RecordReader {
    /**
     * A component.
     *
     * @param name its name in the record: {@code pageSize}
     * @param word its name in a key: {@code page-size}
     */
    record Component(String name, String word, ComponentReader part) {}

    private final Constructor<?> constructor;
    private final List<Component> components;

    /** Made by the constructor, which has a parameter for each of the components. */
    RecordReader(Constructor<?> constructor, List<Component> components) {
        this.constructor = constructor;
        this.components = List.copyOf(components);
    }

    /** The record; null if it can't be made, which is among the problems then. */
    Object read(String prefix, Reading reading) {
        var values = new ArrayList<Object>();
        for (Component component : components) {
            values.add(component.part.read(key(prefix, component), reading));
        }
        return values.contains(null) ? null : create(values, prefix, reading);
    }

    private Object create(List<Object> values, String prefix, Reading reading) {
        try {
            return constructor.newInstance(values.toArray());
        } catch (InvocationTargetException e) {
            reading.problems().add(rejected(says(e.getCause()), prefix, reading.settings()));
            return null;
        } catch (LinkageError e) {
            reading.problems()
                    .add(Unloadable.problem(constructor.getDeclaringClass().getName(), e));
            return null;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("What was checked can't be called: " + constructor, e);
        }
    }

    private static String says(Throwable cause) {
        return cause instanceof RuntimeException && cause.getMessage() != null
                ? cause.getMessage()
                : String.valueOf(cause);
    }

    /**
     * What the constructor or a constraint says, with the settings that it speaks of: all of them, if it names none.
     */
    Problem rejected(String says, String prefix, Settings settings) {
        var all = new ArrayList<Used>();
        var named = new ArrayList<Used>();
        for (Component component : components) {
            component.part.used(key(prefix, component), settings, all::add);
            if (isNamed(component, says)) {
                component.part.used(key(prefix, component), settings, named::add);
            }
        }
        var problem = Problem.of(
                        "rejected-settings",
                        "The settings below \"" + prefix + "\" are rejected: " + sentence(withoutSecrets(says, all)))
                .at(Place.of(constructor.getDeclaringClass()));
        for (Used used : named.isEmpty() ? all : named) {
            problem = problem.cure(used.toString());
        }
        return problem;
    }

    private static boolean isNamed(Component component, String says) {
        return Pattern.compile("\\b(" + component.name + "|" + component.word + ")\\b")
                .matcher(says)
                .find();
    }

    private static String withoutSecrets(String says, List<Used> used) {
        String shown = says;
        for (Used setting : used) {
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
        return components.stream().anyMatch(component -> component.part.isSet(key(prefix, component), settings));
    }

    /** Whether something is a key of the record: {@code rest} is what follows its prefix, empty or beginning with a dot. */
    boolean knows(String rest) {
        return isOfComponent(rest, ComponentReader::knows);
    }

    /** Whether something is a key of the record, and its text is a secret by its type. */
    boolean isSecret(String rest) {
        return isOfComponent(rest, ComponentReader::isSecret);
    }

    private boolean isOfComponent(String rest, BiPredicate<ComponentReader, String> test) {
        return components.stream()
                .filter(component -> rest.startsWith("." + component.word))
                .map(component -> Map.entry(component, rest.substring(component.word.length() + 1)))
                .filter(found -> found.getValue().isEmpty()
                        || found.getValue().startsWith(".")
                        || found.getValue().equals(SecretFile.SUFFIX))
                .anyMatch(found -> test.test(found.getKey().part, found.getValue()));
    }

    void describe(String prefix, Consumer<SettingDescription> listener) {
        components.forEach(component -> component.part.describe(key(prefix, component), listener));
    }

    void used(String prefix, Settings settings, Consumer<Used> listener) {
        components.forEach(component -> component.part.used(key(prefix, component), settings, listener));
    }

    private static String key(String prefix, Component component) {
        return prefix + "." + component.word;
    }
}
