package dev.bistro.result;

import dev.bistro.html.Html;
import dev.bistro.http.InvalidValue;
import dev.bistro.http.ProblemDetail;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** A problem as an HTML page that needs no other resource and no script. */
final class ErrorPage {
    private static final String STYLE = """
            :root{color-scheme:light dark;font:1rem/1.5 system-ui,sans-serif}\
            main{max-width:40rem;margin:15vh auto 0;padding:0 1.5rem}\
            h1{font-size:1.5rem;margin:0}p,ul{margin:.75rem 0;overflow-wrap:anywhere}small{opacity:.7}\
            h2{font-size:1rem}pre{overflow-x:auto;font-size:.8rem}""";

    private static final String PAGE = """
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{}</title>
            <style>""" + STYLE + """
            </style>
            </head>
            <body>
            <main>
            <h1>{}</h1>
            <p>{}</p>
            {}{}{}</main>
            </body>
            </html>
            """;

    /** Allows nothing but the page's own style, by its hash: even markup that was not escaped could do no harm. */
    static final String CONTENT_SECURITY_POLICY = "default-src 'none'; style-src 'sha256-" + sha256(STYLE)
            + "'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private ErrorPage() {}

    static Html of(ProblemDetail problem, List<String> hints) {
        String title = problem.status().code() + " " + problem.title();
        return Html.of(PAGE, title, title, problem.detail(), errors(problem), request(problem), hints(hints));
    }

    private static Optional<Html> errors(ProblemDetail problem) {
        return problem.errors().isEmpty()
                ? Optional.empty()
                : Optional.of(Html.of(
                        "<ul>\n{}</ul>\n",
                        problem.errors().stream().map(ErrorPage::error).toList()));
    }

    private static Optional<Html> hints(List<String> hints) {
        return hints.isEmpty()
                ? Optional.empty()
                : Optional.of(Html.of("<h2>Development mode</h2>\n<pre>{}</pre>\n", String.join("\n", hints)));
    }

    private static Html error(InvalidValue error) {
        return Html.of("<li>{} {}: {}</li>\n", error.in(), error.name(), error.detail());
    }

    private static Optional<Html> request(ProblemDetail problem) {
        return problem.requestId().isEmpty()
                ? Optional.empty()
                : Optional.of(
                        Html.of("<p><small>{} · request {}</small></p>\n", problem.instance(), problem.requestId()));
    }

    private static String sha256(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
