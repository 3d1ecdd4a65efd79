package dev.bistro.sample.files;

import dev.bistro.html.Html;

/**
 * A Markdown file as a page for people. It has no script.
 *
 * @param path the file's path below the root, without a slash before it
 * @param text what is in the file
 */
record MarkdownPage(String path, String text) {
    /** Images come from the same place alone, so that nobody else learns who reads. */
    static final String CONTENT_SECURITY_POLICY = "default-src 'none'; style-src " + ListingPage.STYLE.source()
            + "; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    Html write() {
        int nameAt = path.lastIndexOf('/') + 1;
        String name = path.substring(nameAt);
        return Html.of(
                """
                <!doctype html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <title>{}</title>
                {}
                </head>
                <body>
                <header>
                <h1><nav aria-label="Path"><a href="/">Files</a>{} / {}</nav></h1>
                <form>
                <button name="raw" value="">Raw</button>
                <button name="download" value="">Download</button>
                </form>
                </header>
                <main>
                <article class="markdown" aria-label="{}">
                {}</article>
                </main>
                </body>
                </html>
                """,
                name,
                ListingPage.STYLE_ELEMENT,
                ListingPage.breadcrumbs("/" + path.substring(0, nameAt)),
                name,
                name,
                Markdown.write(text));
    }
}
