package dev.bistro.sample.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.bistro.config.ByteSize;
import dev.bistro.http.HttpException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuotaTest {
    @TempDir
    Path root;

    @Test
    void countsWhatIsThereAlready() throws Exception {
        Files.writeString(root.resolve("a"), "four");
        Files.writeString(Files.createDirectory(root.resolve(".hidden")).resolve("b"), "fives");
        Files.createSymbolicLink(root.resolve("link"), root.resolve("a"));
        assertEquals(9, Quota.of(new ByteSize(10), root).used());
    }

    @Test
    void givesNoMoreThanThereIs() {
        var quota = new Quota(10, 4);
        quota.take(6);
        var fault = assertThrows(HttpException.class, () -> quota.take(1));
        assertEquals(413, fault.status().code());
        quota.release(2);
        quota.requireFree(2);
        quota.take(2);
        assertThrows(HttpException.class, () -> quota.requireFree(1));
    }

    @Test
    void holdsWhoeverTakesAtTheSameTime() throws Exception {
        var quota = new Quota(1_000, 0);
        var threads = Executors.newFixedThreadPool(8);
        try {
            var results = new ArrayList<Future<Integer>>();
            for (int i = 0; i < 8; i++) {
                results.add(threads.submit(takeAll(quota)));
            }
            int taken = 0;
            for (Future<Integer> result : results) {
                taken += result.get();
            }
            assertEquals(quota.used(), 7L * taken);
            assertEquals(
                    142, taken); // 994 bytes; some may have been turned away just before, so the rest is taken here
        } finally {
            threads.shutdownNow();
        }
    }

    private static Callable<Integer> takeAll(Quota quota) {
        return () -> {
            int taken = 0;
            while (quota.used() <= 993) {
                try {
                    quota.take(7);
                    taken++;
                } catch (HttpException full) {
                    Thread.onSpinWait();
                }
            }
            return taken;
        };
    }
}
