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
 * Reads a component that is a map: {@code Map<String, BigDecimal>} from {@code shop.prices.tea=3.50} and
 * {@code shop.prices.coffee=4}. Environment variables name no keys, since they are all in capitals.
 *
 * @param keys the type of the map's keys, which follow the component's own key
 * @param element reads each value
 * @param isDeep whether values are records; then a key of the map has no dots
 * @param place the component in the user's code
 */
record MapReader(SettingType keys, ComponentReader element, boolean isDeep, Place place) implements ComponentReader {
    @Override
    public Object read(String key, Context context) {
        var map = new LinkedHashMap<Object, Object>();
        boolean isWhole = true;
        for (String name : names(key, context.settings())) {
            Object value = element.read(key + "." + name, context);
            Object parsed = parsed(key, name, context);
            isWhole &= value != null && parsed != null;
            map.put(parsed, value);
        }
        return isWhole ? Collections.unmodifiableMap(map) : Collections.emptyMap();
    }

    private Object parsed(String key, String name, Context context) {
        try {
            return keys.parse().apply(name);
        } catch (RuntimeException notOne) {
            context.problems()
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
    public boolean isKey(String rest) {
        return isOfElement(rest, element::isKey);
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
        element.describe(key + ".<key>", setting -> listener.accept(setting.optional()));
    }

    @Override
    public void listUsed(String key, Settings settings, Consumer<UsedSetting> listener) {
        names(key, settings).forEach(name -> element.listUsed(key + "." + name, settings, listener));
    }
}
