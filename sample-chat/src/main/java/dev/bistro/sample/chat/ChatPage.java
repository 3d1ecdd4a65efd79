package dev.bistro.sample.chat;

import dev.bistro.annotation.Get;
import dev.bistro.annotation.Header;
import dev.bistro.annotation.Produces;
import dev.bistro.annotation.Route;
import java.io.IOException;
import java.io.InputStream;

/** The page, its style and its script, as they lie beside this class. */
@Route("/")
final class ChatPage {
    /** Nothing but this server's own files and addresses: not even a script that got into the page would run. */
    static final String CONTENT_SECURITY_POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
                    + " connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    private final byte[] page = file("chat.html");
    private final byte[] style = file("chat.css");
    private final byte[] script = file("chat.js");
    private final byte[] icon = file("chat.svg");

    ChatPage() throws IOException {}

    private static byte[] file(String name) throws IOException {
        try (InputStream file = ChatPage.class.getResourceAsStream(name)) {
            return file.readAllBytes();
        }
    }

    @Get
    @Produces("text/html;charset=utf-8")
    @Header(name = "Cache-Control", value = "no-cache")
    @Header(name = "Content-Security-Policy", value = CONTENT_SECURITY_POLICY)
    byte[] page() {
        return page;
    }

    @Get("/chat.css")
    @Produces("text/css;charset=utf-8")
    @Header(name = "Cache-Control", value = "no-cache")
    byte[] style() {
        return style;
    }

    @Get("/chat.js")
    @Produces("text/javascript;charset=utf-8")
    @Header(name = "Cache-Control", value = "no-cache")
    byte[] script() {
        return script;
    }

    @Get("/chat.svg")
    @Produces("image/svg+xml")
    @Header(name = "Cache-Control", value = "no-cache")
    byte[] icon() {
        return icon;
    }
}
