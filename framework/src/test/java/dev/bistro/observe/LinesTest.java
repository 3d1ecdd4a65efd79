package dev.bistro.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.bistro.http.spi.ServerRequest;
import dev.bistro.testing.MockRequest;
import dev.bistro.testing.ServerRequests;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Principal;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** What lines say in each format, whatever a client sent. */
class LinesTest {
    private static final String LONG = "x".repeat(64 * 1024);

    private static String apache(boolean isCombined, String zone, AccessEntry entry) {
        return new ApacheLines(isCombined, ZoneId.of(zone)).line(entry);
    }

    private static String combined(AccessEntry entry) {
        return apache(true, "UTC", entry);
    }

    private static Map<?, ?> json(AccessEntry entry) {
        String line = new JsonLines().line(entry);
        assertTrue(line.chars().allMatch(c -> c >= ' ' && c < 0x7f), line);
        return JsonMapper.shared().readValue(line, TreeMap.class);
    }

    private static MockRequest.Builder cart() {
        return MockRequest.get("/cart?a=1&token=x1").remoteAddress(new InetSocketAddress("203.0.113.9", 0));
    }

    private static ServerRequest served(MockRequest.Builder request) {
        return ServerRequests.of(request);
    }

    private static Principal named(String name) {
        return () -> name;
    }

    /** As {@code mod_log_config} and {@code ap_escape_logitem} of httpd 2.4.62 have it. */
    @Test
    void areAsApaches() {
        AccessEntry entry = Entries.of(
                served(cart().header("Referer", "https://a.example/?code=x1")
                        .header("User-Agent", "curl/8.5.0")
                        .principal(named("ada"))),
                200,
                512);
        String common = "203.0.113.9 - ada [27/Nov/2026:07:05:18 +0000] \"GET /cart?a=1&token=*** HTTP/1.1\" 200 512";
        assertEquals(common, apache(false, "UTC", entry));
        assertEquals(common + " \"https://a.example/?code=***\" \"curl/8.5.0\"", apache(true, "UTC", entry));
        assertTrue(apache(false, "America/New_York", entry).contains(" [27/Nov/2026:02:05:18 -0500] "));
        assertTrue(apache(false, "Asia/Kolkata", entry).contains(" [27/Nov/2026:12:35:18 +0530] "));
    }

    @Test
    void haveADashForWhatIsAbsent() {
        assertEquals(
                "203.0.113.9 - - [27/Nov/2026:07:05:18 +0000] \"GET / HTTP/1.1\" 304 - \"-\" \"-\"",
                combined(Entries.of(
                        served(MockRequest.get("/").remoteAddress(new InetSocketAddress("203.0.113.9", 0))), 304, 0)));
        assertEquals("192.0.2.7 - - [27/Nov/2026:07:05:18 +0000] \"-\" 408 3 \"-\" \"-\"", combined(Entries.of(408)));
        assertEquals("192.0.2.7 - - [27/Nov/2026:07:05:18 +0000] \"-\" - 3", apache(false, "UTC", Entries.of(0)));
    }

    /** A text, and how it is written as a header field, as a user's name, and in JSON. */
    static Stream<Arguments> nasty() {
        return Stream.of(
                arguments("a b", "a b", "a b", "a b"),
                arguments("", "", "\"\"", ""),
                arguments("-", "-", "-", "-"),
                arguments("a\"b", "a\\\"b", "a\\\"b", "a\"b"),
                arguments("a\\b", "a\\\\b", "a\\\\b", "a\\b"),
                arguments("a\\\"b", "a\\\\\\\"b", "a\\\\\\\"b", "a\\\"b"),
                arguments("a\r\nb", "a\\r\\nb", "a\\r\\nb", "a\r\nb"),
                arguments("\" 200 1\n1.1.1.1", "\\\" 200 1\\n1.1.1.1", "\\\" 200 1\\n1.1.1.1", "\" 200 1\n1.1.1.1"),
                arguments("a\tb\bc\u000bd\f", "a\\tb\\bc\\vd\\x0c", "a\\tb\\bc\\vd\\x0c", "a\tb\bc\u000bd\f"),
                arguments("\u001b[31m", "\\x1b[31m", "\\x1b[31m", "\u001b[31m"),
                arguments("\0\u007f", "\\x00\\x7f", "\\x00\\x7f", "\0\u007f"),
                arguments("\u0085", "\\x85", "\\xc2\\x85", "\u0085"),
                arguments("\u00e9", "\\xe9", "\\xc3\\xa9", "\u00e9"),
                arguments("a\u2028b", "a?b", "a\\xe2\\x80\\xa8b", "a\u2028b"),
                arguments("\u202e", "?", "\\xe2\\x80\\xae", "\u202e"),
                arguments("\ud83d\ude00", "?", "\\xf0\\x9f\\x98\\x80", "\ud83d\ude00"),
                arguments("a\ud83d", "a?", "a?", "a\ufffd"),
                arguments("\ude00b", "?b", "?b", "\ufffdb"),
                arguments("\ud83d\ud83d\ude00", "??", "?\\xf0\\x9f\\x98\\x80", "\ufffd\ud83d\ude00"));
    }

    @ParameterizedTest
    @MethodSource("nasty")
    void canNotBeForged(String text, String header, String user, String inJson) {
        AccessEntry entry = saying(text);
        String line = combined(entry);
        assertTrue(line.startsWith("192.0.2.7 - " + user + " [27/Nov/2026:07:05:18 +0000] \"GET /" + header), line);
        assertTrue(line.endsWith(" 200 1 \"" + header + "\" \"" + header + "\""), line);
        assertTrue(line.chars().allMatch(c -> c >= ' ' && c < 0x7f), line);
        Map<?, ?> json = json(entry);
        for (String key : List.of("user", "referer", "userAgent", "host", "query", "route")) {
            assertEquals(inJson, json.get(key), key);
        }
        assertEquals("/" + inJson, json.get("path"));
    }

    /** With a text in all places, also in those where no parser lets it through. */
    private static AccessEntry saying(String text) {
        var asked = new AccessEntry.Asked(
                "1", "GET", "/" + text, "/" + text, "HTTP/1.1", text, "http", text, text, text, text, text, text);
        return new AccessEntry(Entries.RECEIVED.toEpochMilli(), 0, Entries.PEER, Entries.PEER, 200, 1, true, asked);
    }

    @Test
    void areObjectsWithAllThatIsKnown() {
        AccessEntry entry = Entries.of(
                served(cart().host("shop.example")
                        .scheme("https")
                        .header("Referer", "https://a.example/?code=x1")
                        .header("User-Agent", "curl/8.5.0")
                        .header("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")
                        .peerAddress(Entries.PEER)
                        .principal(named("ada"))),
                200,
                512);
        String line = new JsonLines().line(entry);
        assertEquals(
                "{\"time\":\"2026-11-27T07:05:18.042Z\",\"status\":200,\"bytes\":512,\"millis\":1.307,"
                        + "\"complete\":true,"
                        + "\"client\":\"203.0.113.9\",\"peer\":\"192.0.2.7\",\"requestId\":\""
                        + entry.request().id() + "\",\"traceId\":\"4bf92f3577b34da6a3ce929d0e0e4736\",\"user\":\"ada\","
                        + "\"method\":\"GET\",\"scheme\":\"https\",\"host\":\"shop.example\",\"path\":\"/cart\","
                        + "\"query\":\"a=1&token=***\",\"protocol\":\"HTTP/1.1\","
                        + "\"referer\":\"https://a.example/?code=***\",\"userAgent\":\"curl/8.5.0\"}",
                line);
        assertEquals(
                "{\"time\":\"2026-11-27T07:05:18.042Z\",\"bytes\":3,\"millis\":1.307,\"complete\":false,"
                        + "\"client\":\"192.0.2.7\",\"peer\":\"192.0.2.7\"}",
                new JsonLines().line(Entries.of(0)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonsense", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-", ""})
    void haveNoTraceThatIsNone(String value) {
        AccessEntry entry = Entries.of(served(cart().header("traceparent", value)), 200, 1);
        assertFalse(json(entry).containsKey("traceId"));
    }

    @Test
    void haveNoTraceOfTwo() {
        String trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
        AccessEntry entry =
                Entries.of(served(cart().header("traceparent", trace).header("traceparent", trace)), 200, 1);
        assertFalse(json(entry).containsKey("traceId"));
    }

    @Test
    void joinWhatIsThereTwice() {
        AccessEntry entry = Entries.of(
                served(cart().header("Referer", "a").header("User-Agent", "b").header("referer", "c")), 200, 1);
        assertTrue(combined(entry).endsWith(" \"a, c\" \"b\""), combined(entry));
    }

    @Test
    void areCut() {
        AccessEntry entry = Entries.of(
                served(MockRequest.get("/" + LONG + "?" + LONG)
                        .header("Referer", LONG)
                        .header("Referer", LONG)
                        .header("User-Agent", LONG)
                        .header("traceparent", LONG)
                        .principal(named(LONG))),
                200,
                1);
        String cut = "x".repeat(AccessEntry.MAX_LENGTH) + "...";
        assertTrue(combined(entry).endsWith(" \"" + cut + "\" \"" + cut + "\""));
        Map<?, ?> json = json(entry);
        assertEquals(List.of(cut, cut, cut), List.of(json.get("user"), json.get("query"), json.get("userAgent")));
        assertTrue(entry.length() < 8 * (AccessEntry.MAX_LENGTH + 10), "what is held");
    }

    @Test
    void doNotAskWhoItIs() {
        ServerRequest request = served(cart());
        request.setLogins(asked -> {
            throw new IllegalStateException("asked for a line");
        });
        assertTrue(combined(Entries.of(request, 200, 1)).contains(" - - ["));
        request.keepLogin("found", Optional.of(named("ada")));
        assertTrue(combined(Entries.of(request, 200, 1)).contains(" - ada ["));
        request.forgetLogin();
        assertTrue(combined(Entries.of(request, 200, 1)).contains(" - - ["));
        request.setPrincipal(() -> {
            throw new IllegalStateException("expected");
        });
        assertTrue(combined(Entries.of(request, 200, 1)).contains(" - - ["));
        request.setPrincipal(named(null));
        assertTrue(combined(Entries.of(request, 200, 1)).contains(" - - ["));
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.7, 192.0.2.7",
        "2001:db8:0:0:0:0:0:1, 2001:db8::1",
        "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
        "2001:0:0:1:0:0:0:1, 2001:0:0:1::1",
        "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
        "0:0:0:0:0:0:0:1, ::1",
        "1:0:0:0:0:0:0:0, 1::",
        "fe80:0:0:0:0:0:0:a, fe80::a",
        "::ffff:192.0.2.7, 192.0.2.7",
        "0.0.0.0, none",
        "::, none"
    })
    void haveShortAddresses(String address, String expected) throws Exception {
        SocketAddress known = new InetSocketAddress(InetAddress.getByName(address), 80);
        assertEquals(expected, AddressText.of(known).orElse("none"));
    }

    @Test
    void haveNoAddressOfAUnixSocket() {
        assertEquals(Optional.empty(), AddressText.of(UnixDomainSocketAddress.of("/run/shop.sock")));
        assertEquals(Optional.empty(), AddressText.of(InetSocketAddress.createUnresolved("shop.example", 80)));
    }

    /** The guide's examples are what is written. */
    @Test
    void areInTheGuide() throws Exception {
        String id = "4bf92f3577b34da6a3ce929d0e0e4736";
        String target = "/cart/7?token=x1";
        var asked = new AccessEntry.Asked(
                id,
                "GET",
                target,
                "/cart/7",
                "HTTP/1.1",
                "token=x1",
                "https",
                "shop.example",
                "ada",
                "/cart/{id}",
                "https://shop.example/",
                "curl/8.5.0",
                id);
        var client = new InetSocketAddress("203.0.113.9", 0);
        long received = Entries.RECEIVED.toEpochMilli();
        var entry = new AccessEntry(received, 1_307_000, client, Entries.PEER, 200, 512, true, asked);
        String guide = Files.readString(Path.of("guide/production.md"));
        for (String line : List.of(apache(false, "UTC", entry), combined(entry), new JsonLines().line(entry))) {
            assertTrue(guide.contains("\n" + line + "\n```"), line);
        }
    }
}
