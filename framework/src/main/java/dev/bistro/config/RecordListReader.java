package dev.bistro.config;

import dev.bistro.startup.Place;
import dev.bistro.startup.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A component that is a list of records: {@code shop.mirrors.0.url}, {@code shop.mirrors.1.url}. Each setting is from the strongest source that has it.
 *
 * @param place where in the user's code
 */
record RecordListReader(RecordReader reader, Place place) implements ComponentReader {
    private static final Pattern ELEMENT = Pattern.compile("\\.(" + Settings.INDEX + ")(\\..*)");

    @Override
    public Object read(String key, Reading reading) {
        SortedSet<Integer> indexes = reading.settings().indexes(key);
        Optional<Problem> gap = gap(key, indexes, place);
        if (gap.isPresent()) {
            reading.problems().add(gap.get());
            return List.of();
        }
        var elements = new ArrayList<Object>();
        indexes.forEach(index -> elements.add(reader.read(key + "." + index, reading)));
        return elements.contains(null) ? List.of() : List.copyOf(elements);
    }

    /** What is wrong with the numbers of a list's elements, if one is left out. */
    static Optional<Problem> gap(String key, SortedSet<Integer> indexes, Place place) {
        int expected = 0;
        for (int index : indexes) {
            if (index != expected) {
                return Optional.of(gap(key, expected, index, place));
            }
            expected++;
        }
        return Optional.empty();
    }

    private static Problem gap(String key, int missing, int there, Place place) {
        return Problem.of(
                        "gap-in-settings",
                        "There are settings below \"" + key + "." + there + "\", but none below \"" + key + "."
                                + missing + "\".")
                .at(place)
                .cure("Number the elements of the list from 0, and leave out none.");
    }

    @Override
    public boolean isSet(String key, Settings settings) {
        return !settings.indexes(key).isEmpty();
    }

    @Override
    public boolean knows(String rest) {
        Matcher element = ELEMENT.matcher(rest);
        return element.matches() && reader.knows(element.group(2));
    }

    @Override
    public boolean isSecret(String rest) {
        Matcher element = ELEMENT.matcher(rest);
        return element.matches() && reader.isSecret(element.group(2));
    }

    @Override
    public void describe(String key, Consumer<SettingDescription> listener) {
        reader.describe(
                key + ".<n>",
                setting -> listener.accept(new SettingDescription(
                        setting.key(), setting.expected(), setting.defaultText(), false, setting.description())));
    }

    @Override
    public void used(String key, Settings settings, Consumer<Used> listener) {
        settings.indexes(key).forEach(index -> reader.used(key + "." + index, settings, listener));
    }
}
