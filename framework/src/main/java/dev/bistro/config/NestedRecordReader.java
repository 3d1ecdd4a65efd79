package dev.bistro.config;

import java.util.Optional;
import java.util.function.Consumer;

/**
 * A component that is a record itself: the settings of the inner one have the component's key before theirs.
 *
 * @param isOptional whether it is an {@code Optional}, which is empty unless one of its settings is there
 */
record NestedRecordReader(RecordReader reader, boolean isOptional) implements ComponentReader {
    @Override
    public Object read(String key, Reading reading) {
        if (!isOptional) {
            return reader.read(key, reading);
        }
        return isSet(key, reading.settings()) ? Optional.ofNullable(reader.read(key, reading)) : Optional.empty();
    }

    @Override
    public boolean isSet(String key, Settings settings) {
        return reader.isSet(key, settings);
    }

    @Override
    public boolean knows(String rest) {
        return reader.knows(rest);
    }

    @Override
    public boolean isSecret(String rest) {
        return reader.isSecret(rest);
    }

    @Override
    public void describe(String key, Consumer<SettingDescription> listener) {
        reader.describe(
                key,
                setting -> listener.accept(
                        isOptional
                                ? new SettingDescription(
                                        setting.key(),
                                        setting.expected(),
                                        setting.defaultText(),
                                        false,
                                        setting.description())
                                : setting));
    }

    @Override
    public void used(String key, Settings settings, Consumer<Used> listener) {
        if (!isOptional || isSet(key, settings)) {
            reader.used(key, settings, listener);
        }
    }
}
