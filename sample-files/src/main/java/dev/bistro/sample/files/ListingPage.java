package dev.bistro.sample.files;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;

/** A listing as a page for people: complete in itself, without a script. */
final class ListingPage {
    private static final String STYLE = """
            :root{color-scheme:light dark;font:1rem/1.5 system-ui,sans-serif}\
            body{max-width:60rem;margin:2rem auto;padding:0 1rem}\
            table{width:100%;border-collapse:collapse}th{text-align:left}\
            td,th{padding:.25rem .5rem;border-bottom:1px solid #8884}\
            .size,.time{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}\
            .name{overflow-wrap:anywhere}pre{white-space:pre-wrap;overflow-wrap:anywhere;border:1px solid #8884;padding:1rem}""";

    static final String CONTENT_SECURITY_POLICY = "default-src 'none'; style-src 'sha256-" + sha256(STYLE)
            + "'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm").withZone(ZoneOffset.UTC);

    private final StringBuilder page = new StringBuilder();

    private ListingPage() {}

    static String of(Listing listing, Listing.Sort sort, boolean descending) {
        return new ListingPage().write(listing, sort, descending);
    }

    private String write(Listing listing, Listing.Sort sort, boolean descending) {
        String title = escape(listing.path());
        page.append("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
                .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>")
                .append(title)
                .append("</title>\n<style>")
                .append(STYLE)
                .append("</style>\n</head>\n<body>\n");
        breadcrumbs(listing.path());
        page.append("<table>\n<thead><tr>");
        column("Name", "name", Listing.Sort.NAME, sort, descending);
        column("Size", "size", Listing.Sort.SIZE, sort, descending);
        column("Modified (UTC)", "time", Listing.Sort.TIME, sort, descending);
        page.append("</tr></thead>\n<tbody>\n");
        listing.entries().forEach(this::row);
        page.append("</tbody>\n</table>\n");
        listing.readme()
                .ifPresent(text -> page.append("<pre>").append(escape(text)).append("</pre>\n"));
        return page.append("</body>\n</html>\n").toString();
    }

    private void breadcrumbs(String path) {
        page.append("<h1><nav aria-label=\"Path\"><a href=\"/\">Files</a>");
        int start = 1;
        for (int end = path.indexOf('/', 1); end > 0; end = path.indexOf('/', start)) {
            page.append(" / <a href=\"").append(Links.encode(path.substring(0, end + 1)));
            page.append("\">").append(escape(path.substring(start, end))).append("</a>");
            start = end + 1;
        }
        page.append("</nav></h1>\n");
    }

    private void column(String title, String style, Listing.Sort column, Listing.Sort sort, boolean descending) {
        boolean sorted = column == sort;
        page.append("<th class=\"").append(style).append('"');
        if (sorted) {
            page.append(" aria-sort=\"")
                    .append(descending ? "descending" : "ascending")
                    .append('"');
        }
        page.append("><a href=\"?sort=").append(column.name());
        page.append(sorted && !descending ? "&amp;descending=true" : "").append("\">");
        page.append(title).append("</a></th>");
    }

    private void row(Entry entry) {
        String slash = entry.directory() ? "/" : "";
        page.append("<tr><td class=\"name\"><span aria-hidden=\"true\">")
                .append(entry.directory() ? "&#128193;" : "&#128196;")
                .append("</span> <a href=\"")
                .append(Links.encode(entry.name()))
                .append(slash)
                .append("\">")
                .append(escape(entry.name()))
                .append(slash)
                .append("</a></td><td class=\"size\">")
                .append(entry.directory() ? "" : size(entry.size()))
                .append("</td><td class=\"time\">")
                .append(TIME.format(entry.modified()))
                .append("</td></tr>\n");
    }

    static String size(long bytes) {
        if (bytes < 1024) {
            return bytes + " B";
        }
        int power = (63 - Long.numberOfLeadingZeros(bytes)) / 10;
        double number = (double) bytes / (1L << power * 10);
        return String.format(java.util.Locale.ROOT, "%.1f %ciB", number, "KMGTPE".charAt(power - 1));
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
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
