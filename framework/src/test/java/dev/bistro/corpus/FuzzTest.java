package dev.bistro.corpus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.bistro.http.spi.Target.BodyUse;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Random changes of the corpora. For each of them, with a target that takes bodies whole, one that reads them as
 * streams, and one that doesn't want them:
 *
 * <ul>
 *   <li>the server doesn't fail, and finishes;
 *   <li>the outcome is the same for the whole bytes and for bytes split at random places;
 *   <li>the application gets only requests that {@link ReferenceReader} finds, in order, with the same method, target
 *       and body. That reader knows only the grammar, so it may find more;
 *   <li>while the connection is open, no complete request is missing.
 * </ul>
 *
 * <p>The normal build tries {@value #MUTANTS} changes, the same each time; {@code -Dfuzz.seconds=600} tries others for
 * that time, and {@code -Dfuzz.seed=…} begins with the seed of a failure.
 */
class FuzzTest {
    private static final int MUTANTS = 10_000;
    private static final Duration MOST = Duration.ofSeconds(60); // for a build on a slow machine; a hang is longer

    /** Longer files are slow and test limits, which the corpus tests cover. */
    private static final int LONGEST_TEXT = 2_000;

    private static final List<String> TEXTS = Stream.of("accepted", "rejected")
            .flatMap(folder -> CorpusFile.in(folder).stream())
            .map(CorpusFile::bytes)
            .filter(bytes -> bytes.length() <= LONGEST_TEXT)
            .toList();

    private volatile String current = "nothing";

    @Test
    void readsNoRequestThatWasNotSent() {
        Integer seconds = Integer.getInteger("fuzz.seconds");
        Duration most = seconds == null ? MOST : MOST.plusSeconds(seconds);
        try {
            assertTimeoutPreemptively(most, () -> tryMany(seconds));
        } catch (Throwable failure) {
            fail("With " + current, failure);
        }
    }

    private void tryMany(Integer seconds) {
        long seed = Long.getLong("fuzz.seed", seconds == null ? 0 : System.nanoTime());
        long end = seconds == null
                ? Long.MAX_VALUE
                : System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
        for (int i = 0; seconds == null ? i < MUTANTS : System.nanoTime() < end; i++) {
            tryOne(seed + i);
        }
    }

    private void tryOne(long seed) {
        var random = new SplittableRandom(seed);
        String bytes = new Mutator(TEXTS, random).next();
        for (BodyUse bodyUse : BodyUse.values()) {
            current = "-Dfuzz.seed=" + seed + ", body " + bodyUse + ": " + Escapes.escape(bytes);
            Outcome whole = Outcome.of(bodyUse, bytes);
            assertEquals(whole, Outcome.of(bodyUse, bytes, splits(bytes.length(), random)));
            assertReadsTheSame(bodyUse, ReferenceReader.read(bytes), whole);
        }
    }

    private static int[] splits(int length, RandomGenerator random) {
        return random.ints(1 + random.nextInt(5), 0, length + 1).sorted().toArray();
    }

    private static void assertReadsTheSame(BodyUse bodyUse, List<ReferenceReader.Request> sent, Outcome outcome) {
        List<Received> received = outcome.received();
        assertTrue(received.size() <= sent.size(), () -> "received " + received + ", but sent was " + sent);
        for (int i = 0; i < received.size(); i++) {
            assertSame(sent.get(i), received.get(i), bodyUse);
        }
        if (!outcome.closed()) {
            long complete = sent.stream()
                    .filter(request -> request.body() != null || bodyUse != BodyUse.WHOLE)
                    .count();
            assertEquals(complete, received.size(), () -> "received " + received + ", but sent was " + sent);
        }
    }

    private static void assertSame(ReferenceReader.Request sent, Received received, BodyUse bodyUse) {
        assertEquals(sent.method(), received.method());
        if (sent.target().startsWith("/")) {
            assertEquals(sent.target(), received.path());
        }
        if (bodyUse == BodyUse.IGNORED) {
            assertNull(received.body());
        } else if (received.body() != null || bodyUse == BodyUse.WHOLE) {
            assertEquals(sent.body(), received.body());
        }
    }
}
