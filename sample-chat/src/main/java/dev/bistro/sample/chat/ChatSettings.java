package dev.bistro.sample.chat;

import dev.bistro.config.Settings;
import dev.bistro.config.SettingsReader;
import dev.bistro.startup.Problem;
import dev.bistro.startup.Problems;

/**
 * The settings whose keys begin with {@code chat.}, in the environment {@code CHAT_HISTORY} and {@code CHAT_ROOMS}.
 *
 * @param history how many of the newest messages each room keeps
 * @param rooms how many rooms there are at the most, beside the default one
 */
record ChatSettings(int history, int rooms) {
    private static final ChatSettings DEFAULTS = new ChatSettings(100, 100);
    private static final int MAX = 100_000;

    /**
     * Reads them.
     *
     * @throws dev.bistro.startup.StartupException with all that is wrong with them
     */
    static ChatSettings read(Settings settings) {
        var problems = new Problems();
        ChatSettings read = new SettingsReader(settings, problems).read("chat", DEFAULTS);
        check("history", read.history, problems);
        check("rooms", read.rooms, problems);
        problems.throwIfAny();
        return read;
    }

    private static void check(String name, int value, Problems problems) {
        if (value < 1 || value > MAX) {
            problems.add(Problem.of(
                            "setting-out-of-range",
                            "The setting \"chat." + name + "\" is " + value + ", which is not from 1 to " + MAX + ".")
                    .cure("Take a number within that, such as --chat." + name + "=100."));
        }
    }
}
