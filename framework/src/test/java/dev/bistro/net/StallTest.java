package dev.bistro.net;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** When a handler that doesn't return loses its loop, by what each look sees of its thread. */
class StallTest {
    private static final long MILLI = 1_000_000;
    private static final long STATE = 7;

    /** What a look sees. */
    private record Look(boolean isWaiting, boolean isRunnable, long processor, long now) {}

    private static Look ready(long processor, long millis) {
        return new Look(false, true, processor, millis * MILLI);
    }

    private static Look inSystem(long millis) {
        return new Look(false, false, 5, millis * MILLI);
    }

    private static List<Look> looks(int count, long millisBetween, long computedBetween) {
        var looks = new ArrayList<Look>();
        for (int i = 0; i < count; i++) {
            looks.add(ready(5 + i * computedBetween, i * millisBetween));
        }
        return looks;
    }

    static Stream<Arguments> stalls() {
        return Stream.of(
                Arguments.of("waits", List.of(new Look(true, false, 5, 0)), 1),
                Arguments.of(
                        "waits at the third look", List.of(ready(5, 0), ready(5, 1), new Look(true, false, 5, 2)), 3),
                Arguments.of("waits in the system", List.of(inSystem(0), inSystem(1)), 2),
                Arguments.of("computes", looks(12, 1, MILLI), 2),
                Arguments.of("computes a little at a time", looks(12, 1, MILLI / 4), 3),
                Arguments.of("has no processor", looks(12, 1, 0), 11),
                Arguments.of("has no processor, and looks are late", looks(12, 7, 0), 4),
                Arguments.of("isn't known", List.of(ready(Scheduling.UNKNOWN, 0)), 1));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("stalls")
    void takesTheLoopAtTheLook(String what, List<Look> looks, int expected) {
        var stall = new Watchdog.Stall();
        int taken = 0;
        for (int i = 1; taken == 0 && i <= looks.size(); i++) {
            Look look = looks.get(i - 1);
            if (!stall.isPreempted(STATE, look.isWaiting, look.isRunnable, look.processor, look.now)) {
                taken = i;
            }
        }
        assertEquals(expected, taken);
        assertEquals(
                looks.get(0).processor != Scheduling.UNKNOWN,
                stall.isPreempted(STATE + 2, false, true, looks.get(0).processor, 1_000 * MILLI),
                "the next handler is judged anew");
    }
}
