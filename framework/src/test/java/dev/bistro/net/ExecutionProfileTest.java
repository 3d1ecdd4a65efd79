package dev.bistro.net;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ExecutionProfileTest {
    private static final long QUICK = 1_000;
    private static final long SLOW = 5_000_000;

    private final ExecutionProfile profile = ExecutionProfile.adaptive(2);

    private void runInline(int times) {
        for (int i = 0; i < times; i++) {
            profile.ranInline(i % 2);
        }
    }

    private void runBlocking(int times, long nanos) {
        for (int i = 0; i < times; i++) {
            profile.ranBlocking(nanos);
        }
    }

    private void stall(int times) {
        for (int i = 0; i < times; i++) {
            profile.stalled(true);
        }
    }

    @Test
    void learnsNothingFromOneStall() {
        runInline(10);
        stall(1);
        assertFalse(profile.isBlocking());
    }

    @Test
    void learnsFromStallsInARow() {
        stall(2);
        assertFalse(profile.isBlocking());
        stall(1);
        assertTrue(profile.isBlocking());
    }

    @Test
    void learnsFromStallsMoreOftenThanOnceInAHundredRuns() {
        for (int i = 0; i < 5; i++) {
            assertFalse(profile.isBlocking());
            runInline(50);
            stall(1);
        }
        assertTrue(profile.isBlocking());
    }

    @Test
    void bearsStallsThatAreRare() {
        for (int i = 0; i < 100; i++) {
            runInline(1_000);
            stall(1);
        }
        assertFalse(profile.isBlocking());
    }

    @Test
    void judgesByRecentRunsAndNotByAllEver() {
        for (int i = 0; i < 5; i++) {
            runInline(100_000);
            stall(1);
        }
        for (int i = 0; i < 10; i++) {
            runInline(20);
            stall(1);
        }
        assertTrue(profile.isBlocking());
    }

    @Test
    void triesAgainWhenManyRunsWereQuick() {
        stall(3);
        runBlocking(199, QUICK);
        assertTrue(profile.isBlocking());
        runBlocking(1, QUICK);
        assertFalse(profile.isBlocking());
    }

    @Test
    void triesAgainThoughAFewRunsWereHeldUpByOthers() {
        stall(3);
        for (int i = 0; i < 10; i++) {
            runBlocking(99, QUICK);
            runBlocking(1, SLOW);
        }
        assertFalse(profile.isBlocking());
    }

    @Test
    void doesNotTryAgainWhileManyRunsAreSlow() {
        stall(3);
        for (int i = 0; i < 1_000; i++) {
            runBlocking(40, QUICK);
            runBlocking(1, SLOW);
        }
        assertTrue(profile.isBlocking());
    }

    @Test
    void isNotBlamedForStallsInWhichOthersHeldItUp() {
        for (int i = 0; i < 100; i++) {
            profile.stalled(false);
            profile.stalledRunReturned(QUICK, false);
        }
        assertFalse(profile.isBlocking());
    }

    @Test
    void isBlamedWhenTheRunReturnsIfNothingElseHeldItUp() {
        for (int i = 0; i < 3; i++) {
            assertFalse(profile.isBlocking());
            profile.stalled(false);
            profile.stalledRunReturned(SLOW, false);
        }
        assertTrue(profile.isBlocking());
    }

    @Test
    void blamesARunOnce() {
        for (int i = 0; i < 2; i++) {
            profile.stalled(true);
            profile.stalledRunReturned(SLOW, true);
        }
        assertFalse(profile.isBlocking());
    }

    @Test
    void forgetsFailedTrialsAfterOneThatWentWell() {
        stall(3);
        runBlocking(200, QUICK);
        stall(1); // fails
        runBlocking(400, QUICK);
        runInline(1_001);
        stall(3);
        assertTrue(profile.isBlocking());
        runBlocking(200, QUICK);
        assertFalse(profile.isBlocking());
    }

    @Test
    void goesBackAtOnceWhenATrialFailsAndTriesAgainLater() {
        stall(3);
        runBlocking(200, QUICK);
        runInline(10);
        stall(1);
        assertTrue(profile.isBlocking());
        runBlocking(200, QUICK);
        assertTrue(profile.isBlocking());
        runBlocking(200, QUICK);
        assertFalse(profile.isBlocking());
    }

    @Test
    void staysWhereItIsPinned() {
        var nonBlocking = ExecutionProfile.pinned("X.y()", false, 1);
        for (int i = 0; i < 10; i++) {
            nonBlocking.stalled(true);
        }
        assertFalse(nonBlocking.isBlocking());
        var blocking = ExecutionProfile.pinned("X.y()", true, 1);
        for (int i = 0; i < 1_000; i++) {
            blocking.ranBlocking(QUICK);
        }
        assertTrue(blocking.isBlocking());
    }

    @Test
    void sendsRunsApartWhileAHandfulOfStalledOnesHasNotReturned() {
        for (boolean pinned : new boolean[] {false, true}) {
            var quick = pinned ? ExecutionProfile.pinned("X.y()", false, 1) : ExecutionProfile.adaptive(1);
            for (int i = 0; i < ExecutionProfile.MAX_STALLED_RUNS; i++) {
                assertFalse(quick.needsOwnThread());
                for (int run = 0; run < 10_000; run++) {
                    quick.ranInline(0);
                }
                quick.stalled(true);
            }
            assertTrue(quick.needsOwnThread());
            assertFalse(quick.isBlocking());
            quick.stalledRunReturned(0, true);
            assertFalse(quick.needsOwnThread());
        }
    }

    @Test
    void blockingIsUnprovenUntilARunWasLong() {
        stall(3);
        assertTrue(profile.isBlocking());
        assertTrue(profile.isBlockingUnproven());
        profile.stalledRunReturned(QUICK, true);
        runBlocking(10, QUICK);
        assertTrue(profile.isBlockingUnproven());
        profile.stalledRunReturned(50_000_000, true);
        assertFalse(profile.isBlockingUnproven());
    }

    @Test
    void isNoMereSuspicionWhileAHandfulOfRunsHasNotReturned() {
        stall(ExecutionProfile.MAX_STALLED_RUNS);
        assertFalse(profile.isBlockingUnproven());
    }

    @Test
    void isProvenByALongRunOnAThreadOfItsOwn() {
        stall(3);
        runBlocking(1, 50_000_000);
        assertFalse(profile.isBlockingUnproven());
    }
}
