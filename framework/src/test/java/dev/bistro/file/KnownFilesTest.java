package dev.bistro.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.bistro.http.EntityTag;
import dev.bistro.http.Headers;
import dev.bistro.http.MediaType;
import dev.bistro.http.Method;
import dev.bistro.http.Payload;
import dev.bistro.http.Request;
import dev.bistro.http.Response;
import dev.bistro.testing.MockRequest;
import dev.bistro.wire.Await;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is remembered of files is never seen from outside: answers are those of a process that remembers nothing. */
class KnownFilesTest {
    private static final String FILE = "d/a.txt";
    private static final int MAX_FILES = 4;
    private static final long MAX_MAPPED = 300_000;

    @TempDir
    Path parent;

    private long now;
    private KnownFiles known;
    private SafePath files;
    private Path directory;
    private Path file;
    private String rest = ""; // of each content of the file

    @BeforeEach
    void makeFiles() throws IOException {
        Path root = Files.createDirectory(parent.resolve("root")).toRealPath();
        assumeTrue(FileStamp.isSupported(root.getFileSystem()));
        directory = Files.createDirectory(root.resolve("d"));
        file = Files.writeString(directory.resolve("a.txt"), "first");
        Path outside = Files.createDirectory(parent.resolve("outside"));
        Files.writeString(outside.resolve("a.txt"), "alien");
        files = SafePath.of(root);
        known = memory();
    }

    private KnownFiles memory() {
        return new KnownFiles(MAX_FILES, 100, MAX_MAPPED, () -> now);
    }

    private void pass(long millis) {
        now += TimeUnit.MILLISECONDS.toNanos(millis);
    }

    /** What a request gets: the bytes and the tag, or why there are none. */
    private String answer(KnownFiles memory, String path) {
        return memory.find(files, path).map(KnownFilesTest::read).orElse("nothing found");
    }

    private static String read(FileSource source) {
        try (FileContent content = source.open()) {
            byte[] bytes = content.read(0, (int) content.size());
            EntityTag tag = content.tag("");
            return new String(bytes, StandardCharsets.UTF_8) + " " + (tag.isWeak() ? "weak" : tag) + " "
                    + content.date();
        } catch (NoSuchFileException gone) {
            return "gone";
        } catch (IOException e) {
            return e.toString();
        }
    }

    // ---- what is kept

    private enum Stage {
        ASKED_FOR_ONCE,
        WAY_CHECKED,
        BYTES_KEPT
    }

    private void bringTo(Stage stage) throws IOException {
        answer(known, FILE);
        if (stage != Stage.ASKED_FOR_ONCE) {
            answer(known, FILE);
        }
        if (stage == Stage.BYTES_KEPT) {
            pass(KnownFile.SETTLED_MILLIS);
            answer(known, FILE);
            assertInstanceOf(
                    KeptFile.class, known.find(files, FILE).orElseThrow().open());
        }
    }

    @Test
    void keepsBytesOfAFileThatHasNotChangedForLong() throws IOException {
        bringTo(Stage.WAY_CHECKED);
        assertEquals(0, known.bytes());
        pass(KnownFile.SETTLED_MILLIS - 1);
        answer(known, FILE);
        assertEquals(0, known.bytes());
        pass(1);
        String fresh = answer(memory(), FILE);
        assertEquals(fresh, answer(known, FILE));
        assertEquals("first".length(), known.bytes());
        assertEquals(fresh, answer(known, FILE));
    }

    // ---- what changes

    @FunctionalInterface
    private interface Change {
        void apply(KnownFilesTest test) throws IOException;
    }

    private record Named(String name, Change change) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static final Named[] CHANGES = {
        new Named("nothing", test -> {}),
        new Named("removed", test -> Files.delete(test.file)),
        new Named("appended to", test -> Files.writeString(test.file, "longer than before" + test.rest)),
        new Named("of the same size and time, in place", KnownFilesTest::rewriteInPlace),
        new Named("of the same size and time, another file", KnownFilesTest::replace),
        new Named("a link that leads out", test -> {
            Files.delete(test.file);
            Files.createSymbolicLink(test.file, test.parent.resolve("outside/a.txt"));
        }),
        new Named("a link to itself, elsewhere", test -> {
            Path moved = Files.move(test.file, test.parent.resolve("moved.txt"));
            Files.createSymbolicLink(test.file, moved);
        }),
        new Named("a link that stays inside", test -> {
            Path moved = Files.move(test.file, test.files.root().resolve("moved.txt"));
            Files.createSymbolicLink(test.file, moved);
        }),
        new Named("a directory", test -> {
            Files.delete(test.file);
            Files.createDirectory(test.file);
        }),
        new Named("its directory removed", test -> {
            Files.delete(test.file);
            Files.delete(test.directory);
        }),
        new Named("its directory a link that leads out", test -> {
            Files.move(test.directory, test.files.root().resolve("old"));
            Files.createSymbolicLink(test.directory, test.parent.resolve("outside"));
        }),
        new Named("its directory a link to nothing", test -> {
            Files.move(test.directory, test.files.root().resolve("old"));
            Files.createSymbolicLink(test.directory, test.parent.resolve("missing"));
        }),
        new Named("its directory another one", test -> {
            Files.move(test.directory, test.parent.resolve("old"));
            Files.createDirectory(test.directory);
            Files.writeString(test.file, "other" + test.rest);
        }),
        new Named("its directory moved out, with a link to it, a while ago", test -> {
            Path moved = Files.move(test.directory, test.parent.resolve("old"));
            Files.createSymbolicLink(test.directory, moved);
            test.pass(KnownFile.WAY_MILLIS);
        }),
        new Named("the root moved, with a link to it, a while ago", test -> {
            Path moved = Files.move(test.files.root(), test.parent.resolve("old"));
            Files.createSymbolicLink(test.files.root(), moved);
            test.pass(KnownFile.WAY_MILLIS);
        }),
        new Named("not to be read", test -> Files.setPosixFilePermissions(test.file, java.util.Set.of())),
    };

    /** Writes other bytes into the same file, and sets its time back. */
    private void rewriteInPlace() throws IOException {
        FileTime time = Files.getLastModifiedTime(file);
        FileStamp before = FileStamp.of(file);
        do { // within a tick of the clock the state would be the same, which is what bytes aren't kept for
            Files.writeString(file, "other" + rest);
            Files.setLastModifiedTime(file, time);
        } while (FileStamp.of(file).equals(before));
    }

    private void replace() throws IOException {
        Path other = Files.writeString(parent.resolve("other"), "other" + rest);
        Files.setLastModifiedTime(other, Files.getLastModifiedTime(file));
        Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);
    }

    static Stream<Arguments> changes() {
        return Stream.of(CHANGES)
                .flatMap(change -> Stream.of(Stage.values()).map(stage -> Arguments.of(stage, change)));
    }

    @ParameterizedTest
    @MethodSource("changes")
    void answersAsIfNothingWereRemembered(Stage stage, Named change) throws IOException {
        bringTo(stage);
        change.change.apply(this);
        String expected = answer(memory(), FILE);
        for (int i = 0; i < 3; i++) {
            assertEquals(expected, answer(known, FILE));
        }
        pass(KnownFile.SETTLED_MILLIS);
        for (int i = 0; i < 3; i++) {
            assertEquals(expected, answer(known, FILE));
        }
    }

    @ParameterizedTest
    @MethodSource("changes")
    void looksAgainWhereTheAnswerComesLater(Stage stage, Named change) throws IOException {
        bringTo(stage);
        FileSource found = known.find(files, FILE).orElseThrow();
        FileSource unremembered = files.find(PathSegments.parse(FILE)).orElseThrow();
        change.change.apply(this);
        pass(1);
        assertEquals(read(unremembered), read(found));
    }

    static Stream<Named> allChanges() {
        return Stream.of(CHANGES);
    }

    /** A larger file is mapped into memory: what is there is what would be read from the file that was opened. */
    @ParameterizedTest
    @MethodSource("allChanges")
    void mapsTheFileThatIsOpened(Named change) throws IOException {
        rest = "x".repeat(KnownFile.MAX_KEPT_BYTES);
        Files.writeString(file, "first" + rest);
        bringTo(Stage.WAY_CHECKED);
        pass(KnownFile.SETTLED_MILLIS);
        assertTrue(isMapped(known.find(files, FILE)), "seen in this state for long");
        Optional<FileSource> found = known.find(files, FILE);
        change.change.apply(this);
        pass(1);
        isMapped(found);
        for (int i = 0; i < 3; i++) {
            isMapped(known.find(files, FILE));
            pass(KnownFile.SETTLED_MILLIS);
        }
    }

    /** Whether a file is mapped, which must be the one that is open then. */
    private static boolean isMapped(Optional<FileSource> source) throws IOException {
        if (source.isEmpty()) {
            return false;
        }
        try (FileContent content = source.get().open()) {
            ByteBuffer mapped = content.mapped();
            if (mapped != null) {
                assertEquals(content.size(), mapped.remaining());
                assertEquals(ByteBuffer.wrap(content.read(0, (int) content.size())), mapped);
            }
            return mapped != null;
        } catch (NoSuchFileException gone) {
            return false;
        }
    }

    @Test
    void mapsNoMoreThanFits() throws IOException {
        known = new KnownFiles(20, 100, MAX_MAPPED, () -> now);
        int mapped = 0;
        for (int i = 0; i < 12; i++) {
            Files.write(directory.resolve(i + ".txt"), new byte[50_000]);
            answer(known, "d/" + i + ".txt");
            pass(KnownFile.SETTLED_MILLIS);
            mapped += isMapped(known.find(files, "d/" + i + ".txt")) ? 1 : 0;
        }
        assertEquals(6, mapped);
    }

    /** When the collector has noticed, for which the test asks until it has. */
    @Test
    void mapsOthersWhenNobodyAsksForTheFirstAnyMore() throws IOException {
        known = new KnownFiles(20, 100, 50_000, () -> now);
        for (String name : new String[] {"cold", "other"}) {
            Files.write(directory.resolve(name), new byte[50_000]);
            answer(known, "d/" + name);
        }
        pass(KnownFile.SETTLED_MILLIS);
        assertTrue(isMapped(known.find(files, "d/cold")));
        assertFalse(isMapped(known.find(files, "d/other")));
        Await.until(() -> {
            pass(60_000);
            System.gc();
            return isMapped(known.find(files, "d/other"));
        });
    }

    @Test
    void mapsNoLargeFile() throws IOException {
        known = new KnownFiles(MAX_FILES, 100, Long.MAX_VALUE, () -> now);
        for (int more = 0; more < 2; more++) {
            try (var large = FileChannel.open(file, StandardOpenOption.WRITE)) {
                large.write(ByteBuffer.allocate(1), MappedFiles.MAX_FILE_BYTES + more - 1);
            }
            answer(known, FILE);
            pass(KnownFile.SETTLED_MILLIS);
            assertEquals(more == 0, isMapped(known.find(files, FILE)));
        }
    }

    /** Another file was in its place just when it was opened: its directory was another one for that time. */
    @ParameterizedTest
    @ValueSource(ints = {0, KnownFile.MAX_KEPT_BYTES})
    void takesNoBytesOfAFileThatWasInItsPlaceMeanwhile(int more) throws IOException {
        rest = "x".repeat(more);
        Files.writeString(file, "first" + rest);
        bringTo(Stage.WAY_CHECKED);
        Path other = Files.createDirectory(parent.resolve("other"));
        Files.writeString(other.resolve("a.txt"), "alien" + rest);
        pass(KnownFile.SETTLED_MILLIS);
        FileSource found = known.find(files, FILE).orElseThrow();
        Path away = parent.resolve("away");
        Files.move(directory, away);
        Files.move(other, directory);
        isMapped(Optional.of(found));
        Files.move(directory, other);
        Files.move(away, directory);
        for (int i = 0; i < 3; i++) {
            assertTrue(answer(known, FILE).startsWith("first"));
            isMapped(known.find(files, FILE));
        }
    }

    @Test
    void keepsNoBytesOfAFileThatIsChangedWhileTheyAreRead() throws IOException {
        bringTo(Stage.WAY_CHECKED);
        pass(KnownFile.SETTLED_MILLIS);
        FileSource found = known.find(files, FILE).orElseThrow();
        rewriteInPlace(); // after the look that counts for the answer
        assertTrue(read(found).startsWith("other"));
        assertEquals(0, known.bytes());
        assertTrue(answer(known, FILE).startsWith("other"));
    }

    @Test
    void remembersNoFileThatALinkLeadsTo() throws IOException {
        Path link = files.root().resolve("link.txt");
        Files.createSymbolicLink(link, file);
        Path other = Files.writeString(directory.resolve("b.txt"), "other");
        for (int i = 0; i < 4; i++) {
            assertTrue(answer(known, "link.txt").startsWith("first"));
            pass(KnownFile.SETTLED_MILLIS);
        }
        Files.delete(link);
        Files.createSymbolicLink(link, other);
        assertTrue(answer(known, "link.txt").startsWith("other"));
        assertEquals(0, known.size());
    }

    @Test
    void givesHiddenFilesOnlyToThoseWhoMayHaveThem() throws IOException {
        Files.writeString(files.root().resolve(".key"), "secret");
        SafePath all = files.withHiddenFiles();
        for (int i = 0; i < 3; i++) {
            assertTrue(known.find(all, ".key").isPresent());
            assertEquals(Optional.empty(), known.find(files, ".key"));
        }
    }

    // ---- the header fields of answers

    private static final Headers CACHED = Headers.of("Cache-Control", "max-age=60", "Link", "</a>", "Link", "</b>");

    /** What an application may say about a file. */
    private static final List<UnaryOperator<FileResponse>> WAYS = List.of(
            UnaryOperator.identity(),
            response -> response.as(MediaType.JSON),
            response -> response.withDefaults(CACHED),
            response -> response.withDefaults(Headers.of("Content-Type", "text/own")),
            response -> response.withHeader("Link", "</own>").withDefaults(CACHED),
            response -> response.withHeader("ETag", "\"own\""),
            response -> response.withHeader("Last-Modified", "Thu, 01 Jan 1970 00:00:00 GMT"),
            FileResponse::attachment,
            FileResponse::precompressed);

    private static final List<MockRequest> REQUESTS = List.of(
            MockRequest.get("/").build(),
            MockRequest.of(Method.HEAD, "/").build(),
            MockRequest.get("/").header("Range", "bytes=1-2").build(),
            MockRequest.get("/").header("If-None-Match", "*").build());

    private Response<Payload> answer(KnownFiles memory, UnaryOperator<FileResponse> way, Request request) {
        FileSource source = memory.find(files, FILE).orElseThrow();
        return way.apply(FileResponse.of(source, FILE)).answer(request);
    }

    private List<String> heads(KnownFiles memory, UnaryOperator<FileResponse> way) {
        return REQUESTS.stream()
                .map(request -> answer(memory, way, request))
                .map(response -> response.status() + "\n" + response.headers())
                .toList();
    }

    @Test
    void givesEachAnswerItsOwnFieldsWhateverTheOnesBeforeWere() throws IOException {
        for (String content : List.of("first", "changed since")) {
            Files.writeString(file, content);
            bringTo(Stage.BYTES_KEPT);
            for (UnaryOperator<FileResponse> before : WAYS) {
                for (UnaryOperator<FileResponse> after : WAYS) {
                    heads(known, before);
                    assertEquals(heads(memory(), after), heads(known, after));
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void makesTheFieldsOfTheSameAnswerOnce(int way) throws IOException {
        bringTo(Stage.BYTES_KEPT);
        Headers fields = answer(known, WAYS.get(way), REQUESTS.get(0)).headers();
        assertSame(fields, answer(known, WAYS.get(way), REQUESTS.get(0)).headers());
        Files.writeString(file, "changed since");
        assertNotEquals(
                fields.first("ETag"),
                answer(known, WAYS.get(way), REQUESTS.get(0)).headers().first("ETag"));
    }

    // ---- how much is remembered

    @Test
    void remembersAsManyFilesAsFit() throws IOException {
        for (int i = 0; i < 3 * MAX_FILES; i++) {
            Files.writeString(directory.resolve(i + ".txt"), "text");
            answer(known, "d/" + i + ".txt");
            assertTrue(known.size() <= MAX_FILES);
        }
        assertEquals(MAX_FILES, known.size());
    }

    @Test
    void prefersFilesThatAreAskedForAgain() throws IOException {
        bringTo(Stage.BYTES_KEPT);
        for (int i = 0; i < 3 * MAX_FILES; i++) {
            Files.writeString(directory.resolve(i + ".txt"), "text");
            answer(known, "d/" + i + ".txt");
            answer(known, FILE);
            assertEquals("first".length(), known.bytes());
        }
    }

    @Test
    void keepsAsManyBytesAsFit() throws IOException {
        for (int i = 0; i < 3; i++) {
            Files.write(directory.resolve(i + ".txt"), new byte[40]);
        }
        for (int i = 0; i < 9; i++) {
            pass(KnownFile.SETTLED_MILLIS);
            answer(known, "d/" + i % 3 + ".txt");
            assertTrue(known.bytes() <= 100);
        }
        assertEquals(80, known.bytes());
    }

    /** A page that was written already can be written once more without a trace in the file's times. */
    @Test
    void readsBytesAgainThatAMappingMayHaveChanged() throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            MappedByteBuffer mapped = channel.map(FileChannel.MapMode.READ_WRITE, 0, channel.size());
            mapped.put(0, (byte) 'F');
            bringTo(Stage.BYTES_KEPT);
            mapped.put(0, (byte) 'W');
            pass(KnownFile.KEPT_MILLIS);
            assertTrue(answer(known, FILE).startsWith("Wirst "));
            assertTrue(known.bytes() <= "first".length());
        }
    }

    @Test
    void forgetsTheBytesOfAFileThatIsGone() throws IOException {
        bringTo(Stage.BYTES_KEPT);
        Files.delete(file);
        answer(known, FILE);
        assertEquals(0, known.bytes());
        assertEquals(0, known.size());
    }

    @Test
    void keepsNoLargeFile() throws IOException {
        known = new KnownFiles(MAX_FILES, Long.MAX_VALUE, 0, () -> now);
        Files.write(file, new byte[KnownFile.MAX_KEPT_BYTES + 1]);
        for (int i = 0; i < 4; i++) {
            pass(KnownFile.SETTLED_MILLIS);
            answer(known, FILE);
        }
        assertEquals(0, known.bytes());
    }
}
