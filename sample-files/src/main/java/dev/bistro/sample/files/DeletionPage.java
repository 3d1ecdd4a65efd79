package dev.bistro.sample.files;

import dev.bistro.html.Html;

/**
 * Asks whether something is to be deleted; with a script, the listing asks itself.
 *
 * @param path the folder, with a slash after it; empty for the root
 * @param name what is to be deleted
 */
record DeletionPage(String path, String name) {
    Html write() {
        return Html.of("""
                <!doctype html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <title>Delete {}?</title>
                {}
                </head>
                <body>
                <main>
                <h1>Delete {}?</h1>
                <form method="post">
                <input type="hidden" name="delete" value="{}">
                <button name="sure" value="true">Delete</button>
                <a href="{}">Keep it</a>
                </form>
                </main>
                </body>
                </html>
                """, name, ListingPage.STYLE_ELEMENT, name, name, "/" + Links.encode(path));
    }
}
