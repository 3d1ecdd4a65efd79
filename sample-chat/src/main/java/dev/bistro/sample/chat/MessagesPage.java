package dev.bistro.sample.chat;

import dev.bistro.html.Html;
import java.util.Optional;

/** The messages of a room as a page that needs no script. */
final class MessagesPage {
    private MessagesPage() {}

    /**
     * The page.
     *
     * @param room the room's name; empty for the default room
     */
    static Html of(MessageList list, Optional<String> room) {
        String title = "Messages" + room.map(name -> " in " + name).orElse("");
        return Html.of(
                """
                <!doctype html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <title>{}</title>
                <link rel="icon" href="/assets/chat.svg">
                <link rel="stylesheet" href="/assets/chat.css">
                </head>
                <body>
                <header><h1>{}</h1><p>{}</p></header>
                <main>
                <ol id="messages">
                {}</ol>
                </main>
                </body>
                </html>
                """,
                title,
                title,
                room.map(name -> Html.of("<a href=\"/?room={}\">Join in</a>", name))
                        .orElseGet(() -> Html.of("<a href=\"/\">Join in</a>")),
                list.messages().stream().map(MessagesPage::item).toList());
    }

    private static Html item(Message message) {
        return Html.of(
                "<li id=\"m-{}\"><b>{}</b> <time datetime=\"{}\">{}</time> <p>{}</p></li>\n",
                message.id(),
                message.user(),
                message.time(),
                message.time().toString().substring(0, 16).replace('T', ' ') + " UTC",
                message.text());
    }
}
