package dev.bistro.sample.shop;

import dev.bistro.html.Html;
import java.math.BigDecimal;

/** What the pages for people have in common. None of them has a script: all is links and forms. */
final class Page {
    /** Nothing but the style and the icon is loaded, and forms go nowhere else: a script that got in wouldn't run. */
    static final String CONTENT_SECURITY_POLICY = "default-src 'none'; style-src 'self'; img-src 'self';"
            + " form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private Page() {}

    /** A whole page. */
    static Html of(String title, Html content) {
        return Html.of("""
                <!doctype html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <title>{}</title>
                <link rel="icon" href="/assets/shop.svg">
                <link rel="stylesheet" href="/assets/shop.css">
                </head>
                <body>
                {}</body>
                </html>
                """, title, content);
    }

    /** Says that something is done; readers of screens begin there. */
    static Html message(String text) {
        return Html.of("<p class=\"message\" role=\"status\" tabindex=\"-1\" autofocus>{}</p>\n", text);
    }

    /** Says that something is not done. */
    static Html warning(String text) {
        return Html.of("<p class=\"warning\" role=\"alert\" tabindex=\"-1\" autofocus>{}</p>\n", text);
    }

    static String euros(BigDecimal price) {
        return "€" + price.toPlainString();
    }
}
