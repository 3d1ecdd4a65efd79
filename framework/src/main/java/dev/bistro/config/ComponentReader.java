package dev.bistro.config;

import dev.bistro.startup.Problems;
import java.util.function.Consumer;

/**
 * Reads one component of a settings record; there is a class for each kind of component. A {@code key} is that of the
 * component: {@code shop.mail} for {@code mail} of a record with the prefix {@code shop}.
 */
interface ComponentReader {
    /** The settings to read, and where faults are added. */
    record Context(Settings settings, Problems problems) {}

    /**
     * A setting that a component was read from, for a message.
     *
     * @param text its text as it was written
     * @param isSecret whether no message may show the text
     * @param source where it is from: {@code environment variable SERVER_PORT}
     */
    record UsedSetting(String key, String text, boolean isSecret, String source) {
        @Override
        public String toString() {
            return '"' + key + "\" is " + Setting.shown(text, isSecret) + " (" + source + ")";
        }
    }

    /** The component's value; null if there is none, and then the problems say why. */
    Object read(String key, Context context);

    /** Whether any source has the setting, or one of the settings, that the component is read from. */
    boolean isSet(String key, Settings settings);

    /**
     * Whether a key is one that the component is read from.
     *
     * @param rest what follows the component's own key in it: empty, or beginning with a dot
     */
    boolean isKey(String rest);

    /** Whether a key is one as in {@link #isKey}, and of a type whose text no message may show. */
    boolean isSecret(String rest);

    /** Describes the settings that the component may be read from. */
    void describe(String key, Consumer<SettingDescription> listener);

    /** Lists the settings that the component is read from, given these sources. */
    void listUsed(String key, Settings settings, Consumer<UsedSetting> listener);
}
