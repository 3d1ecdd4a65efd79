package dev.bistro.result;

import dev.bistro.http.InvalidValue;
import dev.bistro.http.ProblemDetail;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** A problem as a page for people: complete in itself, without a script. */
final class ErrorPage {
    private static final String STYLE = """
            :root{color-scheme:light dark;font:1rem/1.5 system-ui,sans-serif}\
            main{max-width:40rem;margin:15vh auto 0;padding:0 1.5rem}\
            h1{font-size:1.5rem;margin:0}p,ul{margin:.75rem 0;overflow-wrap:anywhere}small{opacity:.7}""";

    /** Lets the page be nothing but what it is, even if something in it were not escaped: its style is named by its hash. */
    static final String CONTENT_SECURITY_POLICY = "default-src 'none'; style-src 'sha256-" + sha256(STYLE)
            + "'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private ErrorPage() {}

    static String of(ProblemDetail problem) {
        String title = HtmlText.escape(problem.status().code() + " " + problem.title());
        return """
                <!doctype html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <title>%s</title>
                <style>%s</style>
                </head>
                <body>
                <main>
                <h1>%s</h1>
                <p>%s</p>
                %s%s</main>
                </body>
                </html>
                """.formatted(title, STYLE, title, HtmlText.escape(problem.detail()), errors(problem), request(problem));
    }

    private static String errors(ProblemDetail problem) {
        if (problem.errors().isEmpty()) {
            return "";
        }
        var list = new StringBuilder("<ul>\n");
        for (InvalidValue error : problem.errors()) {
            list.append("<li>")
                    .append(HtmlText.escape(error.in() + " " + error.name() + ": " + error.detail()))
                    .append("</li>\n");
        }
        return list.append("</ul>\n").toString();
    }

    private static String request(ProblemDetail problem) {
        return problem.requestId().isEmpty()
                ? ""
                : "<p><small>" + HtmlText.escape(problem.instance()) + " · request "
                        + HtmlText.escape(problem.requestId()) + "</small></p>\n";
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
