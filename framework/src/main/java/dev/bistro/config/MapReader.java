package dev.bistro.config;

import dev.bistro.startup.Place;
import dev.bistro.startup.Problem;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * A component that is a map: {@code shop.prices.tea=3.50} and {@code shop.prices.coffee=4} of
 * {@code Map<String, BigDecimal>}. The environment names no key, since its letters are all capitals.
 *
 * @param keys how what follows the component's own key is read
 * @param element how each value is
 * @param isDeep whether values are records, so that a key has no dots
 * @param place where in the user's code
 */
record MapReader(SettingType keys, ComponentReader element, boolean isDeep, Place place) implements ComponentReader {
    @Override
    public Object read(String key, Reading reading) {
        var map = new LinkedHashMap<Object, Object>();
        boolean isWhole = true;
        for (String name : names(key, reading.settings())) {
            Object value = element.read(key + "." + name, reading);
            Object parsed = parsed(key, name, reading);
            isWhole &= value != null && parsed != null;
            map.put(parsed, value);
        }
        return isWhole ? Collections.unmodifiableMap(map) : Collections.emptyMap();
    }

    private Object parsed(String key, String name, Reading reading) {
        try {
            return keys.parse().apply(name);
        } catch (RuntimeException notOne) {
            reading.problems()
                    .add(Problem.of(
                                    "bad-setting",
                                    "The setting \"" + key + "." + name + "\" ends in \"" + name + "\", which is not "
                                            + keys.expectedInsteadOf(name) + ".")
                            .at(place));
            return null;
        }
    }

    private SortedSet<String> names(String key, Settings settings) {
        var names = new TreeSet<String>();
        settings.below(key).forEach(below -> names.add(isDeep ? below.split("[.]", 2)[0] : below));
        return names;
    }

    @Override
    public boolean isSet(String key, Settings settings) {
        return !names(key, settings).isEmpty();
    }

    @Override
    public boolean knows(String rest) {
        return isOfElement(rest, element::knows);
    }

    @Override
    public boolean isSecret(String rest) {
        return isOfElement(rest, element::isSecret);
    }

    private boolean isOfElement(String rest, Predicate<String> test) {
        int end = isDeep ? rest.indexOf('.', 1) : rest.length();
        return rest.length() > 1 && rest.startsWith(".") && end > 1 && test.test(rest.substring(end));
    }

    @Override
    public void describe(String key, Consumer<SettingDescription> listener) {
        element.describe(
                key + ".<key>",
                setting -> listener.accept(new SettingDescription(
                        setting.key(), setting.expected(), setting.defaultText(), false, setting.description())));
    }

    @Override
    public void used(String key, Settings settings, Consumer<Used> listener) {
        names(key, settings).forEach(name -> element.used(key + "." + name, settings, listener));
    }
}
