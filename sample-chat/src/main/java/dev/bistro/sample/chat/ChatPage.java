package dev.bistro.sample.chat;

import dev.bistro.annotation.Get;
import dev.bistro.annotation.Header;
import dev.bistro.annotation.Route;
import dev.bistro.file.FileResponse;
import dev.bistro.file.ResourceFolder;
import java.io.IOException;

/** The page of the chat. Its style and script are static files. */
@Route("/")
final class ChatPage {
    /** Allows this server's own files only: even a script that got into the page wouldn't run. */
    static final String CONTENT_SECURITY_POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
                    + " connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    private final ResourceFolder pages = ResourceFolder.of(ChatApplication.class, "/pages");

    ChatPage() throws IOException {}

    @Get
    @Header(name = "Cache-Control", value = "no-cache")
    @Header(name = "Content-Security-Policy", value = CONTENT_SECURITY_POLICY)
    FileResponse page() {
        return pages.file("chat.html");
    }
}
