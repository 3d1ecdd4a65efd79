package dev.bistro.sample.chat;

import dev.bistro.BistroBuilder;
import dev.bistro.testing.OpenApiManners;

/** The description of the chat's API is kept beside the sources: changes of it are seen, and what they break. */
class ChatApiTest extends OpenApiManners {
    @Override
    protected BistroBuilder application() {
        return Chat.settings();
    }
}
