package dev.bistro.sample.files;

import dev.bistro.html.Html;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A listing as a page for people. It is complete in itself: browsers get its style and its script by their hashes, and
 * nothing else. It works without the script, which adds the progress of uploads, and questions in place. Sorting is by
 * forms rather than links, so that a program that follows links gets each file once.
 */
final class ListingPage {
    static final PagePart STYLE = PagePart.read("listing.css");
    private static final PagePart SCRIPT = PagePart.read("listing.js");

    static final String CONTENT_SECURITY_POLICY =
            "default-src 'none'; style-src " + STYLE.source() + "; script-src " + SCRIPT.source()
                    + "; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; "
                    + "frame-ancestors 'none'";

    static final Html STYLE_ELEMENT = Html.trusted("<style>" + STYLE.text() + "</style>");
    private static final Html SCRIPT_ELEMENT = Html.trusted("<script>" + SCRIPT.text() + "</script>");

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm").withZone(ZoneOffset.UTC);

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

    /** The page. Its icon is a folder, for the browser's tab. */
    Html write() {
        return Html.of(
                """
                <!doctype html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <title>{}</title>
                <link rel="icon" href="data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 20 20'%3E%3Cpath fill='%23c58b00' d='M2 4h5l2 2h9v11H2z'/%3E%3C/svg%3E">
                {}
                </head>
                <body>
                <header>
                <h1><nav aria-label="Path"><a href="/">Files</a>{}</nav></h1>
                {}</header>
                <main>
                {}<section id="listing" aria-label="Listing">
                {}{}</section>
                </main>
                {}</body>
                </html>
                """,
                listing.path(),
                STYLE_ELEMENT,
                breadcrumbs(listing.path()),
                only(wantsLogin, this::login),
                only(!changes.isEmpty(), this::tools),
                table(),
                Listing.readmeAmong(listing.entries()).flatMap(this::readme),
                only(!changes.isEmpty(), () -> SCRIPT_ELEMENT));
    }

    private interface Part {
        Html write();
    }

    private static Optional<Html> only(boolean condition, Part part) {
        return condition ? Optional.of(part.write()) : Optional.empty();
    }

    /** Links to the folders on the way to one, whose path has a slash before and after it. */
    static List<Html> breadcrumbs(String path) {
        var crumbs = new ArrayList<Html>();
        int start = 1;
        for (int end = path.indexOf('/', 1); end > 0; end = path.indexOf('/', start)) {
            String link = Links.encode(path.substring(0, end + 1));
            crumbs.add(Html.of(" / <a href=\"{}\">{}</a>", link, path.substring(start, end)));
            start = end + 1;
        }
        return crumbs;
    }

    private Html login() {
        return Html.of(
                "<form action=\"/\"><button name=\"login\" value=\"{}\">Log in</button></form>\n", listing.path());
    }

    /** Forms, of which the script takes what it does itself. */
    private Html tools() {
        return Html.of(
                """
                <section id="tools" aria-label="Changes">
                {}{}{}<p id="status" role="status" tabindex="-1"></p>
                </section>
                """,
                only(changes.contains(Change.UPLOAD), ListingPage::upload),
                only(changes.contains(Change.NEW_FOLDER), ListingPage::newFolder),
                only(
                        changes.contains(Change.DELETE),
                        () -> Html.of("<form id=\"deletion\" method=\"post\"></form>\n")));
    }

    private static Html upload() {
        return Html.of("""
                <form id="upload" method="post" enctype="multipart/form-data">
                <label id="drop">Drop files here, or choose them: <input id="files" name="files" type="file" multiple required></label>
                <span class="by-form"><label><input name="replace" type="checkbox" value="true"> Replace files of the same name</label>
                <button>Upload</button></span>
                </form>
                <ul id="uploads" aria-label="Uploads"></ul>
                """);
    }

    private static Html newFolder() {
        return Html.of("""
                <form id="make" method="post">
                <label class="by-form">Name: <input name="folder" required maxlength="255" autocomplete="off"></label>
                <button id="new-folder">New folder</button>
                </form>
                """);
    }

    private Html table() {
        return Html.of(
                """
                <table>
                <thead><tr>{}{}{}<th class="actions"><span class="unseen">Actions</span></th></tr></thead>
                <tbody>
                {}</tbody>
                </table>
                {}""",
                column("Name", Listing.Sort.NAME),
                column("Size", Listing.Sort.SIZE),
                column("Modified (UTC)", Listing.Sort.TIME),
                listing.entries().stream().map(this::row).toList(),
                only(listing.entries().isEmpty(), () -> Html.of("<p>There is nothing here.</p>\n")));
    }

    private Html column(String title, Listing.Sort column) {
        boolean sorted = column == sort;
        String name = column.name().toLowerCase(Locale.ROOT);
        return Html.of(
                "<th class=\"{}\" aria-sort=\"{}\"><form><input type=\"hidden\" name=\"sort\" "
                        + "value=\"{}\">{}<button>{}</button></form></th>",
                name,
                sorted ? descending ? "descending" : "ascending" : "none",
                name,
                only(
                        sorted && !descending,
                        () -> Html.of("<input type=\"hidden\" name=\"descending\" value=\"true\">")),
                title);
    }

    private Html row(Entry entry) {
        String slash = entry.directory() ? "/" : "";
        String link = Links.encode(entry.name()) + slash;
        String name = entry.name() + slash;
        return Html.of(
                "<tr><td class=\"name {}\"><a href=\"{}\">{}</a></td><td class=\"size\">{}</td>"
                        + "<td class=\"time\"><time datetime=\"{}\">{}</time></td><td "
                        + "class=\"actions\">{}{}</td></tr>\n",
                Kind.of(entry).styleClass(),
                link,
                name,
                entry.directory() ? "" : size(entry.size()),
                entry.modified().truncatedTo(ChronoUnit.SECONDS),
                TIME.format(entry.modified()),
                only(!entry.directory(), () -> download(link, name)),
                only(changes.contains(Change.DELETE), () -> delete(entry)));
    }

    private static Html download(String link, String name) {
        return Html.of(
                "<form action=\"{}\"><button class=\"download\" name=\"download\" value=\"\" title=\"Download\" "
                        + "aria-label=\"Download {}\"></button></form>",
                link,
                name);
    }

    private static Html delete(Entry entry) {
        return Html.of(
                "<button class=\"delete\" title=\"Delete\" aria-label=\"Delete {}\" form=\"deletion\" "
                        + "name=\"delete\" value=\"{}\"></button>",
                entry.name() + (entry.directory() ? "/" : ""),
                entry.name());
    }

    private Optional<Html> readme(Entry file) {
        String name = file.name();
        if (listing.readme().isEmpty()) {
            return file.size() > TextFile.MAX_BYTES ? Optional.of(tooLong(file)) : Optional.empty();
        }
        return listing.readme()
                .filter(text -> !text.isBlank())
                .map(text -> Markdown.isName(name) ? Markdown.write(text) : Markdown.plain(text))
                .map(content ->
                        Html.of("<article class=\"markdown\" aria-label=\"{}\">\n{}</article>\n", name, content));
    }

    private static Html tooLong(Entry file) {
        return Html.of(
                "<p><a href=\"{}\">{}</a> has {}, which is too much to be shown here.</p>\n",
                Links.encode(file.name()),
                file.name(),
                size(file.size()));
    }

    static String size(long bytes) {
        if (bytes < 1024) {
            return bytes + " B";
        }
        int power = (63 - Long.numberOfLeadingZeros(bytes)) / 10;
        double number = (double) bytes / (1L << power * 10);
        return String.format(Locale.ROOT, "%.1f %ciB", number, "KMGTPE".charAt(power - 1));
    }
}
