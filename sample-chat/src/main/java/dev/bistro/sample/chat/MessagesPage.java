package dev.bistro.sample.chat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** The messages of a room as a page that needs no script. */
final class MessagesPage {
    private MessagesPage() {}

    static String of(MessageList list, String room) {
        String title = room.isEmpty() ? "Messages" : "Messages in " + escape(room);
        String chat = room.isEmpty() ? "/" : "/?room=" + URLEncoder.encode(room, StandardCharsets.UTF_8);
        var items = new StringBuilder();
        list.messages().forEach(message -> items.append(item(message)));
        return """
                <!doctype html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <title>%s</title>
                <link rel="icon" href="/assets/chat.svg">
                <link rel="stylesheet" href="/assets/chat.css">
                </head>
                <body>
                <header><h1>%s</h1><p><a href="%s">Join in</a></p></header>
                <main>
                <ol id="messages">
                %s</ol>
                </main>
                </body>
                </html>
                """.formatted(title, title, chat, items);
    }

    private static String item(Message message) {
        return "<li id=\"m-%s\"><b>%s</b> <time datetime=\"%s\">%s</time> <p>%s</p></li>\n"
                .formatted(
                        message.id(),
                        escape(message.user()),
                        message.time(),
                        message.time().toString().substring(0, 16).replace('T', ' ') + " UTC",
                        escape(message.text()));
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
