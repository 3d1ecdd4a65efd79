package dev.bistro.config;

import java.util.Optional;
import java.util.function.Consumer;

/**
 * Reads a component that is a record itself; the component's key is the prefix of that record's settings.
 *
 * @param isOptional whether it is an {@code Optional}, which is empty if none of the settings is there
 */
record NestedRecordReader(RecordReader reader, boolean isOptional) implements ComponentReader {
    @Override
    public Object read(String key, Context context) {
        if (!isOptional) {
            return reader.read(key, context);
        }
        return isSet(key, context.settings()) ? Optional.ofNullable(reader.read(key, context)) : Optional.empty();
    }

    @Override
    public boolean isSet(String key, Settings settings) {
        return reader.isSet(key, settings);
    }

    @Override
    public boolean isKey(String rest) {
        return reader.isKey(rest);
    }

    @Override
    public boolean isSecret(String rest) {
        return reader.isSecret(rest);
    }

    @Override
    public void describe(String key, Consumer<SettingDescription> listener) {
        reader.describe(key, setting -> listener.accept(isOptional ? setting.optional() : setting));
    }

    @Override
    public void listUsed(String key, Settings settings, Consumer<UsedSetting> listener) {
        if (!isOptional || isSet(key, settings)) {
            reader.listUsed(key, settings, listener);
        }
    }
}
