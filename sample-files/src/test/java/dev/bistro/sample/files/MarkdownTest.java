package dev.bistro.sample.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What Markdown becomes: nothing that acts, whatever is written, and as much of it as is bearable. */
class MarkdownTest {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final Pattern ADDRESS = Pattern.compile("(?:href|src)=\"([^\"]*)\"");

    /** Where an address may stand. */
    static final List<String> PLACES = List.of(
            "[x](ADDRESS)",
            "[x](<ADDRESS>)",
            "[x](<ADDRESS> \"title\")",
            "<ADDRESS>",
            "[x]\n\n[x]: ADDRESS",
            "[x]\n\n[x]: <ADDRESS>",
            "[![y](ADDRESS)](ADDRESS)",
            "![x](ADDRESS)",
            "![x](<ADDRESS>)",
            "![x]\n\n[x]: ADDRESS",
            "# [x](ADDRESS)",
            "|[x](ADDRESS)|\n|-|\n|![x](<ADDRESS>)|",
            "* > **_[x](ADDRESS)_**",
            "<a href=\"ADDRESS\">x</a>",
            "<p>\n<img src=ADDRESS onerror=alert(1)>\n</p>");

    /** Spellings of addresses that would run something, be read by a browser's reading of addresses. */
    static final List<String> HARMFUL = List.of(
            "javascript:alert(1)",
            "JavaScript:alert(1)",
            "javascript&colon;alert(1)",
            "javascript&#58;alert(1)",
            "javascript&#x3a;alert(1)",
            "&#106;avascript:alert(1)",
            "&#x6A&#x61;vascript:alert(1)",
            "java&Tab;script:alert(1)",
            "java&NewLine;script:alert(1)",
            "java\tscript:alert(1)",
            "java\nscript:alert(1)",
            "java\u0000script:alert(1)",
            "&#1;javascript:alert(1)",
            "\u0001javascript:alert(1)",
            "\u001fjavascript:alert(1)",
            " javascript:alert(1)",
            "\u00a0javascript:alert(1)",
            "javascript\\:alert(1)",
            "java\\\nscript:alert(1)",
            "\\javascript:alert(1)",
            "javascript://%0aalert(1)",
            "javascript%3Aalert(1)",
            "vbscript:msgbox(1)",
            "VBScript:msgbox(1)",
            "livescript:alert(1)",
            "data:text/html,<script>alert(1)</script>",
            "data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==",
            "DATA:image/svg+xml,<svg onload=alert(1)>",
            "feed:javascript:alert(1)",
            "view-source:javascript:alert(1)",
            "jar:http://example.org!/x",
            "blob:http://example.org/1",
            "file:///etc/passwd",
            "about:blank",
            "ms-settings:x",
            "x\"onmouseover=\"alert(1)",
            "x'onmouseover='alert(1)",
            "x\u0060\u0060onmouseover=alert(1)");

    private static Stream<String> places() {
        return PLACES.stream();
    }

    @ParameterizedTest
    @MethodSource("places")
    void leavesNoAddressThatRunsSomething(String place) {
        for (String address : HARMFUL) {
            String markup = write(place.replace("ADDRESS", address));
            List<String> left = addresses(markup);
            assertTrue(left.stream().allMatch(MarkdownTest::isHarmless), () -> address + " became " + markup);
            String tags = markup.replaceAll("=\"[^\"]*\"", ""); // what is left within < and > is the names
            assertFalse(
                    tags.matches("(?s).*<[^>]*(onmouseover|onerror|onload).*"), () -> address + " became " + markup);
            assertFalse(tags.matches("(?s).*<(script|svg|iframe|style).*"), () -> address + " became " + markup);
        }
    }

    /** Reads an address as browsers do (URL Standard, section 4.4): what they pass over is gone before the scheme. */
    private static boolean isHarmless(String address) {
        String read = address.replaceAll("^[\\x00-\\x20]+|[\\t\\r\\n]", "")
                .replace("&amp;", "&")
                .toLowerCase(Locale.ROOT);
        return !read.matches("[a-z][a-z0-9+.-]*:.*") || read.matches("(https?://|mailto:).*");
    }

    private static String write(String markdown) {
        return Markdown.write(markdown).toString();
    }

    private static List<String> addresses(String markup) {
        return ADDRESS.matcher(markup).results().map(found -> found.group(1)).toList();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            a.txt                     | a.txt
            a%20b.txt                 | a%20b.txt
            <a b.txt>                 | a%20b.txt
            größe.txt                 | gr%C3%B6%C3%9Fe.txt
            100%.txt                  | 100%25.txt
            %zz%4                     | %25zz%254
            what%3F%23.txt            | what%3F%23.txt
            a+b&c.txt                 | a+b&amp;c.txt
            <[a].txt>                 | %5Ba%5D.txt
            ../up/                    | ../up/
            /from/the/root?a=b        | /from/the/root?a=b
            ./a:b                     | ./a:b
            <\\\\\\\\example.org/x>   | %5C%5Cexample.org/x
            </\\\\example.org/x>      | /%5Cexample.org/x
            <#Part-1>                 | #readme-Part-1
            docs/b.md#part            | docs/b.md#readme-part
            docs/#part                | docs/#readme-part
            b.MD?x=y#part             | b.MD?x=y#readme-part
            page.html#part            | page.html#part
            """)
    void leavesRelativeAddresses(String written, String address) {
        assertEquals("<p><a href=\"" + address + "\">x</a></p>\n", write("[x](" + written + ")"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://example.org/a?b#c",
                "HTTP://example.org",
                "//example.org/x",
                "///example.org/x",
                "mailto:ada@example.org"
            })
    void tellsOthersNothingOfTheirReaders(String address) {
        assertEquals(
                "<p><a href=\"" + address + "\" rel=\"nofollow noopener noreferrer\">x</a></p>\n",
                write("[x](" + address + ")"));
        assertFalse(write("![x](" + address + ")").contains(" src="));
        assertTrue(write("![x](" + address + ")").contains(" alt=\"x\""));
    }

    @Test
    void showsImagesOfTheSamePlace() {
        assertEquals(
                "<p><img alt=\"A &quot;b&quot;\" src=\"a%20b.png\" loading=\"lazy\" /></p>\n",
                write("![A \"b\"](<a b.png>)"));
        assertEquals(List.of("/cat.png", "/"), addresses(write("![x](/cat.png?raw=true#x) ![x](/?login=/)")));
    }

    @Test
    void dropsALongAddressWhereverItIsReferredTo() {
        assertEquals("<p><a>x</a></p>\n", write("[x]\n\n[x]: /" + "x".repeat(2_000)));
    }

    @Test
    void givesHeadingsIdsThatNoOtherPartOfThePageHas() {
        assertEquals(
                "<h1 id=\"readme-listing\">listing</h1>\n<h2 id=\"readme-größe--more\">Größe &amp; more</h2>\n"
                        + "<h1 id=\"readme-listing-1\">listing</h1>\n",
                write("# listing\n## Größe & more\nlisting\n===\n"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            a <script>alert(1)</script> | <p>a &lt;script&gt;alert(1)&lt;/script&gt;</p>
            <script>alert(1)</script>   | <p>&lt;script&gt;alert(1)&lt;/script&gt;</p>
            <div id=files>              | <p>&lt;div id=files&gt;</p>
            <!-- a --> <?b?> <!C>       | <p>&lt;!-- a --&gt; &lt;?b?&gt; &lt;!C&gt;</p>
            &lt;b&gt;                   | <p>&lt;b&gt;</p>
            `<b>`                       | <p><code>&lt;b&gt;</code></p>
            """)
    void showsHtmlAsText(String written, String markup) {
        assertEquals(markup, write(written).strip());
    }

    @Test
    void keepsTheInfoOfACodeBlockInItsPlace() {
        assertEquals(
                "<pre><code class=\"language-a&quot;onclick=&quot;x\">b\n</code></pre>\n",
                write("~~~ a\"onclick=\"x delete\nb\n~~~"));
    }

    @Test
    void writesTables() {
        String markup = write("|a|b|\n|-|-:|\n|c|<d>|\n");
        assertTrue(markup.contains("<th align=\"right\">b</th>"), markup);
        assertTrue(markup.contains("<td align=\"right\">&lt;d&gt;</td>"), markup);
    }

    @ParameterizedTest
    @ValueSource(strings = {"# a\r\nb\r\n\r\n* c\r\n", "# a\nb\n\n* c\n", "# a\rb\r\r* c\r"})
    void readsLinesHoweverTheyEnd(String written) {
        assertEquals("<h1 id=\"readme-a\">a</h1>\n<p>b</p>\n<ul>\n<li>c</li>\n</ul>\n", write(written));
    }

    /** Texts of the greatest length that are made to take long, or to use up the stack or the memory. */
    private static Stream<Arguments> costly() {
        int n = TextFile.MAX_BYTES;
        return Stream.of(
                Arguments.of("quotes", ">".repeat(n)),
                Arguments.of("lists", "* ".repeat(n / 4) + "a" + "\n".repeat(n / 2)),
                Arguments.of("open brackets", "[".repeat(n)),
                Arguments.of("links in links", "[".repeat(n / 5) + "](b)".repeat(n / 5)),
                Arguments.of("images in images", "![".repeat(n / 6) + "](b)".repeat(n / 6)),
                Arguments.of("links behind open images", "![[]()".repeat(n / 6)),
                Arguments.of("emphasis", "*".repeat(n / 2) + "a" + "*".repeat(n / 2 - 1)),
                Arguments.of("emphasis across", "*a_ ".repeat(n / 4)),
                Arguments.of("a long definition", "[a]: /" + "a".repeat(1_990) + "\n\n" + "[a]".repeat(n / 4)),
                Arguments.of("a dropped definition", "[a]: data:" + "ü".repeat(990) + "\n\n" + "[a]".repeat(n / 4)),
                Arguments.of(
                        "a wide table",
                        "a" + "|a".repeat(n / 8) + "\n-" + "|-".repeat(n / 8) + "\n" + "a\n".repeat(n / 4)),
                Arguments.of(
                        "wide tables",
                        ("a" + "|a".repeat(100) + "\n-" + "|-".repeat(100) + "\n" + "a\n".repeat(490) + "\n")
                                .repeat(180)),
                Arguments.of("headings", "# a\n".repeat(n / 4)));
    }

    /** Without the limits, some of these take minutes, and gigabytes; with them, none takes a second. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("costly")
    void costsLittleWhateverIsWritten(String name, String text) {
        long nanos = assertTimeoutPreemptively(Duration.ofSeconds(60), () -> {
            long start = THREADS.getCurrentThreadCpuTime(); // which others on the machine don't make longer
            String markup = write(text);
            assertTrue(markup.length() <= 6 * TextFile.MAX_BYTES + 2 * 1024 * 1024, () -> "length: " + markup.length());
            return THREADS.getCurrentThreadCpuTime() - start;
        });
        assertTrue(nanos < 5_000_000_000L, () -> name + " took " + nanos / 1_000_000 + " ms");
    }

    @Test
    void showsWhatIsBeyondTheLimitsAsItWasWritten() {
        String links = "[a](b) & ".repeat(5_001);
        assertEquals("<pre>" + links.replace("&", "&amp;") + "</pre>\n", write(links));
    }
}
