package dev.bistro.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bistro.annotation.Config;
import dev.bistro.annotation.DefaultValue;
import dev.bistro.startup.Golden;
import dev.bistro.startup.Problem;
import dev.bistro.startup.Problems;
import dev.bistro.startup.StartupException;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Placeholders, profiles, lists by index, maps, files of secrets, and backslashes. */
class SettingSourcesTest {
    private final Problems problems = new Problems();

    @TempDir
    Path directory;

    @Config("bistro")
    record Profiles(List<String> profile) {}

    private void write(String file, String... lines) throws IOException {
        Files.writeString(directory.resolve(file), String.join("\n", lines));
    }

    private Settings.Builder files(String... lines) throws IOException {
        write("application.properties", lines);
        return new Settings.Builder(problems).addDirectory(directory);
    }

    private <R> Optional<R> read(Class<R> type, Settings.Builder builder) {
        Settings settings = builder.build();
        var records = new ConfigRecords(List.of(type, Profiles.class), problems);
        records.reportUnknown(settings);
        return records.read(type, settings);
    }

    private <R> R good(Class<R> type, Settings.Builder builder) {
        Optional<R> read = read(type, builder);
        assertEquals(List.of(), problems.found());
        return read.orElseThrow();
    }

    private List<String> kinds() {
        return problems.found().stream().map(Problem::id).toList();
    }

    private void assertGolden(String name) {
        Golden.assertGolden(name, problems, directory.toString(), "DIRECTORY");
    }

    // ---- placeholders

    @Config("app")
    record App(
            @DefaultValue("") String url,
            @DefaultValue("${PORT:7}") int port,
            @DefaultValue("") String name,
            List<String> hosts,
            Optional<Secret> password) {}

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "plain | plain",
                "${DB_URL:jdbc:h2:mem:x} | jdbc:h2:mem:x",
                "${HOST:x} | env-host",
                "${host.lower:x} | x",
                "${app.name:x}/${HOST} | Ann/env-host",
                "${A:${B:${HOST}}} | env-host",
                "${A:${B:c}-d}-e | c-d-e",
                "${${WHICH}} | env-host",
                "${app.${KEY}} | Ann",
                "${A:} | ''",
                "${A:{x}} | {x}",
                "${HOST:{x}} | env-host",
                "${A:{b:${HOST}}} | {b:env-host}",
                "${A:\\${x}} | ${x}",
                "${HOST:\\${x}} | env-host",
                "a ${ HOST } b | a env-host b",
                "\\${HOST} | ${HOST}",
                "\\\\${HOST} | \\env-host",
                "a$b {c} $ | a$b {c} $",
                "${mixed_Case} | mixed"
            })
    void putsOtherSettingsInThePlacesOfPlaceholders(String text, String expected) {
        var builder = new Settings.Builder(problems)
                .addEnvironment(Map.of("HOST", "env-host", "WHICH", "HOST", "KEY", "name", "mixed_Case", "mixed"))
                .addProgram(Map.of("app.url", text, "app.name", "Ann"));
        assertEquals(expected, good(App.class, builder).url());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"${HOST} | env-host", "\\${HOST} | ${HOST}", "\\\\${HOST} | ${HOST}", "a\\tb\\${x:y} | a\tb${x:y}"
            })
    void readsPlaceholdersInFiles(String written, String expected) throws IOException {
        assertEquals(
                expected,
                good(App.class, files("app.url=" + written).addEnvironment(Map.of("HOST", "env-host")))
                        .url());
    }

    @Test
    void resolvesPlaceholdersOfEachSourceAndOfDefaults() throws IOException {
        App app = good(
                App.class,
                files("app.hosts=${A:a},b", "app.name=${app.url}")
                        .addEnvironment(Map.of("APP_URL", "${X:from the environment}", "PORT", "9")));
        assertEquals(
                new App("from the environment", 9, "from the environment", List.of("a", "b"), Optional.empty()), app);
    }

    @Test
    void tellsOfPlaceholdersThatStandForNothing() throws IOException {
        read(
                App.class,
                files(
                        "app.url=jdbc:${DB_URL}",
                        "app.port=${app.name}",
                        "app.name=${app.hosts}",
                        "app.hosts=a,${app.name}",
                        "app.password=${"));
        assertGolden("placeholders");
    }

    @Test
    void showsNoSecretThatAPlaceholderStandsFor() throws IOException {
        read(App.class, files("app.port=${DB_PASSWORD}").addEnvironment(Map.of("DB_PASSWORD", "hunter2")));
        assertEquals(List.of("bad-setting"), kinds());
        assertFalse(
                problems.found().toString().contains("hunter2"),
                () -> problems.found().toString());
    }

    @Config("vault")
    record Vault(
            int port,
            Optional<Secret> pin,
            Map<String, Secret> pins,
            Optional<Door> door,
            List<Door> doors,
            Map<String, Door> more) {}

    record Door(Optional<Secret> pin) {}

    @ParameterizedTest
    @ValueSource(strings = {"pin", "pins.a", "door.pin", "doors.0.pin", "more.a.pin"})
    void showsNoneWhoseTypeAloneSaysThatItIsOne(String key) throws IOException {
        read(Vault.class, files("vault.port=a${vault." + key + "}", "vault." + key + "=hunter2"));
        assertEquals(List.of("bad-setting"), kinds());
        assertFalse(
                problems.found().toString().contains("hunter2"),
                () -> problems.found().toString());
    }

    @Test
    void tellsOneWhoAsksForASettingOfItsPlaceholders() {
        Settings settings = new Settings.Builder(problems)
                .addProgram(Map.of("a", "${b}", "b", "1", "c", "${d}"))
                .build();
        assertEquals("1", settings.find("a").orElseThrow().value());
        assertThrows(StartupException.class, () -> settings.find("c"));
    }

    // ---- profiles

    @Config("shop")
    record Shop(
            @DefaultValue("default") String name,
            @DefaultValue("1") int rows) {}

    @Test
    void addsTheFilesOfProfiles() throws IOException {
        write("application-prod.properties", "shop.name=prod", "shop.rows=3");
        write("application-blue.properties", "shop.name=blue");
        assertEquals(new Shop("base", 2), good(Shop.class, files("shop.name=base", "shop.rows=2")));
        assertEquals(
                new Shop("prod", 3), good(Shop.class, files("shop.name=base", "shop.rows=2", "bistro.profile=prod")));
        assertEquals(
                new Shop("blue", 3),
                good(Shop.class, files("shop.name=base").addEnvironment(Map.of("BISTRO_PROFILE", "prod, blue"))));
        assertEquals(
                new Shop("prod", 3),
                good(Shop.class, files("bistro.profile=none").addArguments(List.of("--bistro.profile=blue,prod"))));
        assertEquals(
                new Shop("environment", 3),
                good(
                        Shop.class,
                        files("shop.rows=2", "bistro.profile=prod")
                                .addEnvironment(Map.of("SHOP_NAME", "environment"))));
        assertEquals(new Shop("x", 2), good(Shop.class, files("shop.name=x", "shop.rows=2", "bistro.profile=")));
    }

    @Test
    void aProfilesFileStandsAboveTheOthersOfItsPlaceAlone(@TempDir Path stronger) throws IOException {
        write("application-prod.properties", "shop.name=prod", "shop.rows=3");
        Files.writeString(stronger.resolve("application.properties"), "shop.name=stronger");
        assertEquals(
                new Shop("stronger", 3),
                good(Shop.class, files("bistro.profile=prod").addDirectory(stronger)));
    }

    @Test
    void tellsOfProfilesWithoutAFileAndOfThoseThatNameOthers() throws IOException {
        write("application-prod.properties", "bistro.profile=test", "shop.nmae=x");
        read(Shop.class, files("bistro.profile=prod,pord,../prod"));
        assertGolden("profiles");
    }

    @Test
    void tellsOfFilesThatAreNotRead() throws IOException {
        write("application.yml", "shop:", "  name: x");
        read(Shop.class, files("shop.name=x"));
        assertGolden("unsupported-settings");
    }

    // ---- lists and maps

    enum Size {
        SMALL,
        VERY_LARGE
    }

    record Mirror(URI url, @DefaultValue("1") int weight) {}

    @Config("many")
    record Many(
            List<String> hosts,
            Set<Integer> ports,
            Map<String, BigDecimal> prices,
            Map<Size, Duration> times,
            Map<String, Mirror> mirrors) {}

    @Test
    void readsListsByIndexFromWhateverSource() throws IOException {
        Many many = good(
                Many.class,
                files("many.hosts.0=a,b", "many.ports.0=80", "many.ports.1=81")
                        .addEnvironment(Map.of("MANY_HOSTS_1", "c", "MANY_PORTS_1", "82", "MANY_OTHER", "x"))
                        .addArguments(List.of("--many.ports.2=83")));
        assertEquals(List.of("a,b", "c"), many.hosts());
        assertEquals(Set.of(80, 82, 83), many.ports());
    }

    @Test
    void readsMapsByWhatFollowsTheKey() throws IOException {
        Properties properties = new Properties();
        properties.setProperty("many.prices.coffee", "4");
        Many many = good(
                Many.class,
                files(
                                "many.prices.tea=3.50",
                                "many.prices.tea.green=3",
                                "many.times.very-large=2s",
                                "many.mirrors.eu.url=http://eu/",
                                "many.mirrors.eu.weight=2")
                        .addEnvironment(Map.of("MANY_PRICES_MILK", "1"))
                        .addSystemProperties(properties)
                        .addArguments(List.of("--many.mirrors.us.url=http://us/")));
        assertEquals(
                Map.of("tea", new BigDecimal("3.50"), "tea.green", new BigDecimal("3"), "coffee", new BigDecimal("4")),
                many.prices());
        assertEquals(Map.of(Size.VERY_LARGE, Duration.ofSeconds(2)), many.times());
        assertEquals(
                Map.of("eu", new Mirror(URI.create("http://eu/"), 2), "us", new Mirror(URI.create("http://us/"), 1)),
                many.mirrors());
        assertEquals(new Many(List.of(), Set.of(), Map.of(), Map.of(), Map.of()), good(Many.class, files()));
    }

    @Test
    void tellsWhatIsWrongWithListsAndMaps() throws IOException {
        read(
                Many.class,
                files(
                                "many.hosts=a,b",
                                "many.hosts[0]=c",
                                "many.ports.0=80",
                                "many.ports.2=81",
                                "many.prices.tea=much",
                                "many.times.huge=1s",
                                "many.mirrors.eu.wieght=2",
                                "many.mirrors.eu=x")
                        .addEnvironment(Map.of("MANY_HOSTS_0", "x")));
        assertGolden("lists-and-maps");
    }

    // ---- files of secrets

    @Config("db")
    record Database(
            Optional<Secret> password,
            Optional<Secret> key,
            Optional<String> keyFile,
            Optional<String> token,
            Optional<String> name) {}

    @Test
    void readsASecretFromTheFileThatIsNamed() throws IOException {
        write("secret", "s3cret", "");
        String file = directory.resolve("secret").toString();
        assertEquals(
                "s3cret",
                good(Database.class, files().addEnvironment(Map.of("DB_PASSWORD_FILE", file, "DB_NAME_FILE", "x")))
                        .password()
                        .orElseThrow()
                        .reveal());
        assertEquals(
                "s3cret",
                good(Database.class, files("db.password-file=" + file.replace("\\", "/")))
                        .password()
                        .orElseThrow()
                        .reveal());
        Database own = good(Database.class, files("db.key-file=" + file.replace("\\", "/"), "db.password-file="));
        assertEquals(Optional.empty(), own.key(), "a component of that name is what it says");
        assertTrue(own.keyFile().isPresent());
    }

    @Test
    void tellsOfFilesOfSecretsThatCanNotCount() throws IOException {
        String missing = directory.resolve("missing").toString();
        read(
                Database.class,
                files("db.password=x", "db.name-file=x")
                        .addEnvironment(Map.of("DB_PASSWORD_FILE", missing, "DB_TOKEN_FILE", missing)));
        read(Database.class, files().addEnvironment(Map.of("DB_PASSWORD_FILE", missing)));
        assertGolden("secret-files");
    }

    // ---- backslashes

    @Config("disk")
    record Disk(@DefaultValue("") String text, Optional<Path> folder) {}

    @ParameterizedTest
    @ValueSource(
            strings = {
                "C:\\tmp\\new",
                "C\\:\\new",
                "d:\\rest",
                "a\\data",
                "\\Users",
                "a\\\\b\\c",
                "x \\\n   D:\\data",
                "\\d+",
                "a\\,b"
            })
    void tellsOfABackslashThatIsLostInAFile(String written) throws IOException {
        read(Disk.class, files("disk.text=" + written));
        assertEquals(List.of("lost-backslash"), kinds());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "C:\\\\tmp\\\\new | C:\\tmp\\new",
                "C:/tmp/new | C:/tmp/new",
                "one\\ttwo | one\ttwo",
                "https\\://x\\=1\\#\\! | https://x=1#!",
                "\\\\d+ | \\d+",
                "caf\\u00e9 | café",
                "a\\\\,b | a\\,b"
            })
    void readsEscapesAsPropertiesDo(String written, String expected) throws IOException {
        assertEquals(expected, good(Disk.class, files("disk.text=" + written)).text());
    }

    @Test
    void saysInWhichLineABackslashIsLostAndThatAPathHasNoTab() throws IOException {
        read(Disk.class, files("# \\comment", "disk.text=C:\\tmp\\new", "disk.folder=data\\new"));
        assertGolden("lost-backslash");
    }

    // ---- system properties of others

    @Config("mail")
    record Mail(@DefaultValue("localhost") String host) {}

    @Test
    void leavesTheSystemPropertiesOfLibrariesAlone() throws IOException {
        var properties = new Properties();
        properties.setProperty("mail.smtp.host", "x");
        properties.setProperty("mail.host", "mine");
        assertEquals(new Mail("mine"), good(Mail.class, files().addSystemProperties(properties)));
        read(Mail.class, files("mail.smtp.host=x"));
        assertEquals(List.of("unknown-setting"), kinds(), "in a file it is ours");
    }
}
