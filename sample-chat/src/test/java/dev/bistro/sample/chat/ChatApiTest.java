package dev.bistro.sample.chat;

import dev.bistro.BistroBuilder;
import dev.bistro.testing.OpenApiManners;

/** The description of the chat's API is kept beside the sources: a change of it is seen, and what it means for clients. */
class ChatApiTest extends OpenApiManners {
    @Override
    protected BistroBuilder application() {
        return Chat.settings();
    }
}
