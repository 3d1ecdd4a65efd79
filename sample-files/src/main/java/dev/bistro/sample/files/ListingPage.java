package dev.bistro.sample.files;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Set;

/**
 * A listing as a page for people. It is complete in itself: browsers get its style and its script by their hashes, and nothing else. Reading needs no
 * script. Sorting is by forms rather than links, so that a program that follows links gets each file once.
 */
final class ListingPage {
    private static final PagePart STYLE = PagePart.read("listing.css");
    private static final PagePart SCRIPT = PagePart.read("listing.js");

    static final String CONTENT_SECURITY_POLICY =
            "default-src 'none'; style-src " + STYLE.source() + "; script-src " + SCRIPT.source()
                    + "; img-src data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    /** A folder, for the browser's tab. */
    private static final String ICON =
            "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 20 20'%3E%3Cpath fill='%23c58b00' d='M2 4h5l2 2h9v11H2z'/%3E%3C/svg%3E";

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm").withZone(ZoneOffset.UTC);

    private final StringBuilder page = new StringBuilder();
    private final Listing listing;
    private final Listing.Sort sort;
    private final boolean descending;
    private final Set<Change> changes;
    private final boolean wantsLogin;

    /**
     * A page.
     *
     * @param changes what the reader may do
     * @param wantsLogin whether the reader could do more after logging in
     */
    ListingPage(Listing listing, Listing.Sort sort, boolean descending, Set<Change> changes, boolean wantsLogin) {
        this.listing = listing;
        this.sort = sort;
        this.descending = descending;
        this.changes = changes;
        this.wantsLogin = wantsLogin;
    }

    /** The page's text; once. */
    String write() {
        page.append("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
                .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>")
                .append(escape(listing.path()))
                .append("</title>\n<link rel=\"icon\" href=\"")
                .append(ICON)
                .append("\">\n<style>")
                .append(STYLE.text())
                .append("</style>\n</head>\n<body>\n");
        header();
        page.append("<main>\n");
        tools();
        page.append("<section id=\"listing\" aria-label=\"Listing\">\n");
        table();
        readme();
        page.append("</section>\n</main>\n");
        if (!changes.isEmpty()) {
            page.append("<script>").append(SCRIPT.text()).append("</script>\n");
        }
        return page.append("</body>\n</html>\n").toString();
    }

    private void header() {
        String path = listing.path();
        page.append("<header>\n<h1><nav aria-label=\"Path\"><a href=\"/\">Files</a>");
        int start = 1;
        for (int end = path.indexOf('/', 1); end > 0; end = path.indexOf('/', start)) {
            page.append(" / <a href=\"").append(Links.encode(path.substring(0, end + 1)));
            page.append("\">").append(escape(path.substring(start, end))).append("</a>");
            start = end + 1;
        }
        page.append("</nav></h1>\n");
        if (wantsLogin) {
            page.append("<form action=\"/\"><button name=\"login\" value=\"")
                    .append(escape(path))
                    .append("\">Log in</button></form>\n");
        }
        page.append("</header>\n");
    }

    /** What the script works with; shown by it. */
    private void tools() {
        if (changes.isEmpty()) {
            return;
        }
        page.append("<noscript><p>To change something here, switch on JavaScript.</p></noscript>\n")
                .append("<section id=\"tools\" aria-label=\"Changes\" hidden>\n");
        if (changes.contains(Change.UPLOAD)) {
            page.append(
                            "<label id=\"drop\">Drop files here, or choose them: <input id=\"files\" type=\"file\" multiple></label>\n")
                    .append("<ul id=\"uploads\" aria-label=\"Uploads\"></ul>\n");
        }
        if (changes.contains(Change.NEW_FOLDER)) {
            page.append("<button id=\"new-folder\" type=\"button\">New folder</button>\n");
        }
        page.append("<p id=\"status\" role=\"status\" tabindex=\"-1\"></p>\n</section>\n");
    }

    private void table() {
        page.append("<table>\n<thead><tr>");
        column("Name", Listing.Sort.NAME);
        column("Size", Listing.Sort.SIZE);
        column("Modified (UTC)", Listing.Sort.TIME);
        page.append("<th class=\"actions\"><span class=\"unseen\">Actions</span></th></tr></thead>\n<tbody>\n");
        listing.entries().forEach(this::row);
        page.append("</tbody>\n</table>\n");
        if (listing.entries().isEmpty()) {
            page.append("<p>There is nothing here.</p>\n");
        }
    }

    private void column(String title, Listing.Sort column) {
        boolean sorted = column == sort;
        String name = column.name().toLowerCase(Locale.ROOT);
        page.append("<th class=\"").append(name).append('"');
        if (sorted) {
            page.append(" aria-sort=\"")
                    .append(descending ? "descending" : "ascending")
                    .append('"');
        }
        page.append("><form><input type=\"hidden\" name=\"sort\" value=\"")
                .append(name)
                .append("\">");
        if (sorted && !descending) {
            page.append("<input type=\"hidden\" name=\"descending\" value=\"true\">");
        }
        page.append("<button>").append(title).append("</button></form></th>");
    }

    private void row(Entry entry) {
        String slash = entry.directory() ? "/" : "";
        String link = Links.encode(entry.name()) + slash;
        String name = escape(entry.name()) + slash;
        page.append("<tr><td class=\"name ")
                .append(Kind.of(entry).styleClass())
                .append("\"><a href=\"")
                .append(link)
                .append("\">")
                .append(name)
                .append("</a></td><td class=\"size\">")
                .append(entry.directory() ? "" : size(entry.size()))
                .append("</td><td class=\"time\"><time datetime=\"")
                .append(entry.modified().truncatedTo(ChronoUnit.SECONDS))
                .append("\">")
                .append(TIME.format(entry.modified()))
                .append("</time></td><td class=\"actions\">");
        if (!entry.directory()) {
            action("a", "download", "Download", name, " download href=\"" + link + '"');
        }
        if (changes.contains(Change.DELETE)) {
            action("button", "delete", "Delete", name, " type=\"button\"");
        }
        page.append("</td></tr>\n");
    }

    private void action(String element, String styleClass, String title, String name, String attributes) {
        page.append('<')
                .append(element)
                .append(" class=\"")
                .append(styleClass)
                .append("\" title=\"")
                .append(title);
        page.append("\" aria-label=\"")
                .append(title)
                .append(' ')
                .append(name)
                .append('"')
                .append(attributes);
        page.append("></").append(element).append('>');
    }

    private void readme() {
        listing.readme()
                .ifPresent(text -> page.append("<section aria-label=\"README\"><pre>")
                        .append(escape(text))
                        .append("</pre></section>\n"));
    }

    static String size(long bytes) {
        if (bytes < 1024) {
            return bytes + " B";
        }
        int power = (63 - Long.numberOfLeadingZeros(bytes)) / 10;
        double number = (double) bytes / (1L << power * 10);
        return String.format(Locale.ROOT, "%.1f %ciB", number, "KMGTPE".charAt(power - 1));
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
