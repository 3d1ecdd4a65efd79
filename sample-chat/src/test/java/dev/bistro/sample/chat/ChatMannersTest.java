package dev.bistro.sample.chat;

import dev.bistro.BistroBuilder;
import dev.bistro.testing.HttpManners;
import java.util.Map;

/** What every application should do right. */
class ChatMannersTest extends HttpManners {
    @Override
    protected BistroBuilder application() {
        return Chat.settings();
    }

    @Override
    protected Map<String, String> examples() {
        return Map.of("room", "kitchen");
    }
}
