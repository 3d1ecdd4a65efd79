package dev.bistro.config;

import dev.bistro.startup.Problems;
import java.util.function.Consumer;

/** How one component of a settings record is read: one class for each way. It is known by its key, {@code shop.mail} of {@code mail} in a record below {@code shop}. */
interface ComponentReader {
    /** What is read from, and where faults go. */
    record Reading(Settings settings, Problems problems) {}

    /**
     * What a part has got, for a message.
     *
     * @param text as it was written
     * @param isSecret whether no message may show the text
     * @param source in words
     */
    record Used(String key, String text, boolean isSecret, String source) {
        @Override
        public String toString() {
            return '"' + key + "\" is " + Setting.shown(text, isSecret) + " (" + source + ")";
        }
    }

    /** Its value; null if there is none, which is among the problems then. */
    Object read(String key, Reading reading);

    /** Whether any source has it, or a part of it. */
    boolean isSet(String key, Settings settings);

    /** Whether something is a key of it: {@code rest} is what follows its own key, empty or beginning with a dot. */
    boolean knows(String rest);

    /** Whether something is a key of it, as in {@link #knows}, whose text no message may show since its type says so. */
    boolean isSecret(String rest);

    /** Tells the settings that it is read from. */
    void describe(String key, Consumer<SettingDescription> listener);

    /** Tells what it is read from, in this case. */
    void used(String key, Settings settings, Consumer<Used> listener);
}
