package dev.bistro.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bistro.annotation.Config;
import dev.bistro.annotation.DefaultValue;
import dev.bistro.annotation.Description;
import dev.bistro.startup.Golden;
import dev.bistro.startup.Problems;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ConfigRecordsTest {
    private final Problems problems = new Problems();

    private static Settings settings(String... arguments) {
        return new Settings.Builder(new Problems())
                .addArguments(
                        Stream.of(arguments).map(argument -> "--" + argument).toList())
                .build();
    }

    private <R> Optional<R> read(Class<R> type, Settings settings) {
        var records = new ConfigRecords(List.of(type), problems);
        records.reportUnknown(settings);
        return records.read(type, settings);
    }

    private <R> R good(Class<R> type, Settings settings) {
        Optional<R> read = read(type, settings);
        assertTrue(problems.isEmpty(), () -> problems.found().toString());
        return read.orElseThrow();
    }

    private <R> void assertFaults(String golden, Class<R> type, Settings settings) {
        read(type, settings);
        Golden.assertGolden(golden, problems);
    }

    // ---- types

    enum Colour {
        RED,
        LIGHT_GREEN
    }

    @Config("all")
    record All(
            String text,
            boolean open,
            Boolean boxed,
            short small,
            int number,
            Integer boxedNumber,
            long count,
            double ratio,
            BigDecimal price,
            Duration time,
            ByteSize size,
            URI home,
            Path root,
            Colour colour,
            Charset charset,
            ZoneId zone,
            LocalDate date,
            LocalTime at,
            UUID id) {}

    @Test
    void readsEachTypeFromItsText() {
        All read = good(
                All.class,
                settings(
                        "all.text= a b ",
                        "all.open=true",
                        "all.boxed=false",
                        "all.small=-3",
                        "all.number=9000",
                        "all.boxed-number=1",
                        "all.count=99999999999",
                        "all.ratio=0.5",
                        "all.price=12.50",
                        "all.time=500ms",
                        "all.size=10MB",
                        "all.home=https://example.org/",
                        "all.root=/srv",
                        "all.colour=Light-Green",
                        "all.charset=iso-8859-1",
                        "all.zone=Europe/Zurich",
                        "all.date=2026-11-24",
                        "all.at=10:15",
                        "all.id=00000000-0000-0000-0000-000000000001"));
        assertEquals(
                new All(
                        "a b",
                        true,
                        false,
                        (short) -3,
                        9000,
                        1,
                        99_999_999_999L,
                        0.5,
                        new BigDecimal("12.50"),
                        Duration.ofMillis(500),
                        new ByteSize(10_000_000),
                        URI.create("https://example.org/"),
                        Path.of("/srv"),
                        Colour.LIGHT_GREEN,
                        StandardCharsets.ISO_8859_1,
                        ZoneId.of("Europe/Zurich"),
                        LocalDate.of(2026, 11, 24),
                        LocalTime.of(10, 15),
                        new UUID(0, 1)),
                read);
    }

    @Test
    void readsDurationsInEachUnit() {
        record Row(String text, Duration duration) {}
        var rows = List.of(
                new Row("0ms", Duration.ZERO),
                new Row("30s", Duration.ofSeconds(30)),
                new Row("5m", Duration.ofMinutes(5)),
                new Row("2h", Duration.ofHours(2)),
                new Row("7d", Duration.ofDays(7)),
                new Row("PT1H30M", Duration.ofMinutes(90)));
        for (Row row : rows) {
            assertEquals(
                    row.duration,
                    good(Held.class, settings("held.optional=" + row.text))
                            .optional
                            .orElseThrow());
        }
    }

    @Test
    void reportsWhatIsNotOfItsType() {
        assertFaults(
                "bad-setting",
                All.class,
                new Settings.Builder(problems)
                        .addEnvironment(Map.of("ALL_NUMBER", "many", "ALL_SIZE", "-1"))
                        .addSystemProperties(properties("all.open", "yes"))
                        .addArguments(List.of(
                                "--all.text=",
                                "--all.boxed=",
                                "--all.small=99999",
                                "--all.boxed-number=1.5",
                                "--all.count=99999999999999999999",
                                "--all.ratio=NaN",
                                "--all.price=ten",
                                "--all.time=-5s",
                                "--all.home=",
                                "--all.root=\0",
                                "--all.colour=blue",
                                "--all.charset=utf-9",
                                "--all.zone=Mars",
                                "--all.date=tomorrow",
                                "--all.at=noon",
                                "--all.id=1"))
                        .build());
    }

    private static Properties properties(String key, String value) {
        var properties = new Properties();
        properties.setProperty(key, value);
        return properties;
    }

    @Config("held")
    record Held(
            Optional<Duration> optional,
            List<URI> list,
            Set<Integer> set,
            @DefaultValue("a, b\\,c") List<String> withDefault) {}

    @Test
    void leavesOutWhatIsHeld() {
        assertEquals(
                new Held(Optional.empty(), List.of(), Set.of(), List.of("a", "b,c")), good(Held.class, settings()));
    }

    @Test
    void readsListsWithCommasFromEachSource() {
        Settings settings = new Settings.Builder(problems)
                .addEnvironment(Map.of("HELD_LIST", "http://a/, http://b/"))
                .addArguments(List.of("--held.optional= 5m ", "--held.set=3,1,3", "--held.with-default="))
                .build();
        assertEquals(
                new Held(
                        Optional.of(Duration.ofMinutes(5)),
                        List.of(URI.create("http://a/"), URI.create("http://b/")),
                        Set.of(1, 3),
                        List.of()),
                good(Held.class, settings));
    }

    @Test
    void takesAnEmptyTextForNoneWhereThatMayBe() {
        assertEquals(Optional.empty(), good(Held.class, settings("held.optional=")).optional);
    }

    record Mail(String host, @DefaultValue("25") int port) {}

    record Mirror(URI url, @DefaultValue("1") int weight, Optional<Mail> alert) {}

    @Config("shop")
    record Shop(Mail mail, Optional<Mail> spareMail, List<Mirror> mirrors) {}

    @Test
    void readsRecordsWithin() {
        Shop read = good(
                Shop.class,
                new Settings.Builder(problems)
                        .addEnvironment(Map.of("SHOP_MAIL_HOST", "a", "SHOP_MIRRORS_1_URL", "http://y/"))
                        .addArguments(List.of(
                                "--shop.spare-mail.host=b",
                                "--shop.spare-mail.port=26",
                                "--shop.mirrors.0.url=http://x/",
                                "--shop.mirrors.1.weight=7",
                                "--shop.mirrors.1.alert.host=c"))
                        .build());
        assertEquals(
                new Shop(
                        new Mail("a", 25),
                        Optional.of(new Mail("b", 26)),
                        List.of(
                                new Mirror(URI.create("http://x/"), 1, Optional.empty()),
                                new Mirror(URI.create("http://y/"), 7, Optional.of(new Mail("c", 25))))),
                read);
    }

    @Test
    void reportsWhatIsMissingWithin() {
        assertFaults(
                "missing-setting",
                Shop.class,
                settings("shop.spare-mail.port=1", "shop.mirrors.0.weight=2", "shop.mirrors.1.weight=3"));
    }

    @Test
    void reportsGapsInLists() {
        assertFaults(
                "gap-in-settings",
                Shop.class,
                settings("shop.mail.host=a", "shop.mirrors.0.url=x:y", "shop.mirrors.9999.url=x:y"));
    }

    @Test
    void reportsUnknownSettings() {
        assertFaults(
                "unknown-setting",
                Shop.class,
                settings(
                        "shop.mail.host=a",
                        "shop.mail.hosts=b",
                        "shop.mail=c",
                        "shop.mirrors.x.url=d",
                        "shop.mirrors.00.url=e",
                        "shop.mirrors.0.url=x:y",
                        "shop.mirrors.0.uri=x:y",
                        "shop.zzz=f",
                        "shopping.list=g"));
    }

    @Test
    void sharesAPrefixBetweenRecords() {
        @Config("shop")
        record Another(@DefaultValue("1") int rows) {}
        var records = new ConfigRecords(List.of(Shop.class, Another.class), problems);
        Settings settings = settings("shop.mail.host=a", "shop.rows=2");
        records.reportUnknown(settings);
        assertEquals(new Another(2), records.read(Another.class, settings).orElseThrow());
        assertTrue(records.read(Shop.class, settings).isPresent());
        assertTrue(problems.isEmpty(), () -> problems.found().toString());
    }

    // ---- the constructor's word

    @Config("page")
    record Page(
            @DefaultValue("10") int minRows,
            @DefaultValue("100") int maxRows,
            @DefaultValue("x") String title,
            Secret apiKey) {
        Page {
            if (minRows > maxRows) {
                throw new IllegalArgumentException("minRows can't be greater than max-rows");
            }
            if (apiKey.reveal().length() < 4) {
                throw new IllegalStateException(apiKey.reveal() + " is too short");
            }
        }
    }

    @Test
    void reportsWhatTheConstructorRejects() {
        assertFaults("rejected-settings", Page.class, settings("page.min-rows=200", "page.api-key=s3cret"));
    }

    @Test
    void reportsAllSettingsWhereTheConstructorNamesNoneAndNeverASecret() {
        assertFaults("rejected-settings-unnamed", Page.class, settings("page.api-key=k3y", "page.title=t"));
        assertFalse(problems.found().toString().contains("k3y"));
    }

    @Test
    void reportsWhatTheConstructorRejectsBesideWhatIsNotOfItsType() {
        read(Page.class, settings("page.min-rows=200", "page.title=t", "page.max-rows=x", "page.api-key=s3cret"));
        assertEquals(
                List.of("bad-setting", "rejected-settings"),
                problems.found().stream().map(problem -> problem.id()).toList());
    }

    /** An IllegalArgumentException and another one, thrown where a function makes the record. */
    @Test
    void reportsAllThatTheConstructorThrowsWhereAFunctionCallsIt() {
        for (Settings unfit : List.of(
                settings("page.min-rows=200", "page.api-key=s3cret"), settings("page.api-key=k3y", "page.title=t"))) {
            var reflected = new Problems();
            new ConfigRecords(List.of(Page.class), reflected).read(Page.class, unfit);
            var made = new Problems();
            Function<Map<String, Object>, Object> maker = values -> new Page(
                    (int) values.get("minRows"), (int) values.get("maxRows"), (String) values.get("title"), (Secret)
                            values.get("apiKey"));
            new ConfigRecords(List.of(Page.class), Map.of(Page.class, maker), List.of(), made).read(Page.class, unfit);
            assertEquals(1, made.found().size());
            assertEquals(reflected.found().toString(), made.found().toString());
        }
    }

    // ---- secrets

    @Config("vault")
    record Vault(
            Secret door,
            List<Secret> drawers,
            int pinSecret,
            URI home,
            @DefaultValue("d3fault") Secret spare) {}

    @Test
    void neverShowsASecret() {
        Vault vault = good(
                Vault.class,
                settings("vault.door=s3cret", "vault.drawers=s3cret,s3cret2", "vault.pin-secret=1", "vault.home=a:b"));
        assertEquals("s3cret2", vault.drawers.get(1).reveal());
        assertFalse(vault.toString().contains("s3cret"), vault.toString());
        assertFalse(vault.toString().contains("d3fault"), vault.toString());
        assertFaults(
                "bad-setting-secret",
                Vault.class,
                settings(
                        "vault.door=",
                        "vault.drawers=s3cret,,",
                        "vault.pin-secret=s3cret",
                        "vault.home=x://me:s3cret@h/ ?token=s3cret"));
        assertFalse(problems.found().toString().contains("s3cret"));
    }

    @Test
    void describesWhatThereIsToSet() {
        @Config("shown")
        @Description("what is shown")
        record Shown(
                @Description("the number") @DefaultValue("7")
                int number,

                @DefaultValue("d3fault") Secret code,
                Colour colour,
                Optional<Mail> mail,
                List<Mail> mails,
                @DefaultValue("a,b") List<String> names) {}
        List<ConfigRecords.Section> sections = new ConfigRecords(List.of(Shown.class), problems).describe();
        String colours = "one of red, light-green";
        assertEquals(
                List.of(new ConfigRecords.Section(
                        "shown",
                        "what is shown",
                        List.of(
                                described("shown.number", "a whole number", "7", false, "the number"),
                                described("shown.code", "a secret, not empty", "***", false, ""),
                                described("shown.colour", colours, null, true, ""),
                                described("shown.mail.host", "a text", null, false, ""),
                                described("shown.mail.port", "a whole number", "25", false, ""),
                                described("shown.mails.<n>.host", "a text", null, false, ""),
                                described("shown.mails.<n>.port", "a whole number", "25", false, ""),
                                described("shown.names", "a list with commas, each a text", "a,b", false, "")))),
                sections);
    }

    private static SettingDescription described(
            String key, String expected, String defaultText, boolean isRequired, String description) {
        return new SettingDescription(key, expected, Optional.ofNullable(defaultText), isRequired, description);
    }

    // ---- declarations

    @Config("notARecord")
    static final class NotARecord {}

    @Config("Shop Prefix")
    record BadPrefix(int rows) {}

    @Config("user")
    record ReservedPrefix(String name) {}

    record Endless(Optional<Endless> next) {}

    @Config("bad")
    record Bad(
            Thread thread,
            List<List<String>> lists,
            Map<Thread, String> map,
            @DefaultValue("x") Map<String, String> defaults,
            @DefaultValue("many") int rows,
            @DefaultValue("d3fault") List<Secret> secrets,
            @DefaultValue("x") Mail mail,
            Endless endless,
            Set<Mail> mails) {}

    @Test
    void reportsDeclarationsThatAreWrong() {
        var records = new ConfigRecords(
                List.of(NotARecord.class, BadPrefix.class, ReservedPrefix.class, Bad.class), problems);
        assertEquals(Optional.empty(), records.read(Bad.class, settings("bad.rows=1")));
        records.reportUnknown(settings("bad.anything=1"));
        Golden.assertGolden("bad-config", problems);
    }

    @Test
    void makesWordsOfNames() {
        assertEquals("max-body-size", RecordReaderFactory.word("maxBodySize"));
        assertEquals("base-url", RecordReaderFactory.word("baseURL"));
        assertEquals("url-base", RecordReaderFactory.word("URLBase"));
        assertEquals("http2-port", RecordReaderFactory.word("http2Port"));
    }
}
