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
 * Reads a component that is a list of records: {@code shop.mirrors.0.url}, {@code shop.mirrors.1.url}. The settings of
 * one record may come from several sources.
 *
 * @param place the component in the user's code
 */
record RecordListReader(RecordReader reader, Place place) implements ComponentReader {
    private static final Pattern ELEMENT = Pattern.compile("\\.(" + Settings.INDEX + ")(\\..*)");

    @Override
    public Object read(String key, Context context) {
        SortedSet<Integer> indexes = context.settings().indexes(key);
        Optional<Problem> gap = gap(key, indexes, place);
        if (gap.isPresent()) {
            context.problems().add(gap.get());
            return List.of();
        }
        var elements = new ArrayList<Object>();
        indexes.forEach(index -> elements.add(reader.read(key + "." + index, context)));
        return elements.contains(null) ? List.of() : List.copyOf(elements);
    }

    /** The problem of a list whose elements aren't numbered without a gap; empty if they are. */
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
    public boolean isKey(String rest) {
        Matcher element = ELEMENT.matcher(rest);
        return element.matches() && reader.isKey(element.group(2));
    }

    @Override
    public boolean isSecret(String rest) {
        Matcher element = ELEMENT.matcher(rest);
        return element.matches() && reader.isSecret(element.group(2));
    }

    @Override
    public void describe(String key, Consumer<SettingDescription> listener) {
        reader.describe(key + ".<n>", setting -> listener.accept(setting.optional()));
    }

    @Override
    public void listUsed(String key, Settings settings, Consumer<UsedSetting> listener) {
        settings.indexes(key).forEach(index -> reader.listUsed(key + "." + index, settings, listener));
    }
}
