package dev.bistro.sample.chat;

import dev.bistro.html.Html;

/** The messages of a room as a page that needs no script. */
final class MessagesPage {
    private MessagesPage() {}

    static Html of(MessageList list, String room) {
        String title = room.isEmpty() ? "Messages" : "Messages in " + room;
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
                room.isEmpty()
                        ? Html.of("<a href=\"/\">Join in</a>")
                        : Html.of("<a href=\"/?room={}\">Join in</a>", room),
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
