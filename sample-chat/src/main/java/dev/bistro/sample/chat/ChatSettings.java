package dev.bistro.sample.chat;

import dev.bistro.annotation.Config;
import dev.bistro.annotation.DefaultValue;
import dev.bistro.annotation.Description;
import java.util.ArrayList;

/** The settings of the sample: {@code history} is {@code chat.history}, and {@code CHAT_HISTORY} in the environment. */
@Config("chat")
@Description("what the chat keeps")
record ChatSettings(
        @Description("how many of the newest messages each room keeps") @DefaultValue("100")
        int history,

        @Description("how many rooms there are at the most, beside the default one") @DefaultValue("100")
        int rooms,

        @Description("where messages are kept: memory, or postgres or redis, which several instances share")
        @DefaultValue("memory")
        Store store) {
    /** Where messages are kept; {@code application.properties} makes {@code feeds.store} of it. */
    enum Store {
        MEMORY,
        POSTGRES,
        REDIS
    }

    private static final int MAX = 100_000;

    /** Refuses values that make no sense. */
    ChatSettings {
        var faults = new ArrayList<String>();
        if (history < 1 || history > MAX) {
            faults.add("history has to be from 1 to " + MAX);
        }
        if (rooms < 1 || rooms > MAX) {
            faults.add("rooms has to be from 1 to " + MAX);
        }
        if (!faults.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", faults));
        }
    }
}
