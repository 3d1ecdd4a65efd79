package dev.bistro.limit;

/**
 * Interrupts a thread only as long as it is inside of some code. Threads are used for many requests, and an interrupt
 * that came a moment too late would hit another one. So that a thread is found inside and interrupted at one go,
 * {@link #leave} waits for that, and takes an interrupt of ours away. For any thread.
 */
final class InterruptFence {
    private Thread inside;
    private boolean interrupted;

    /** This thread begins with the code; false if it mustn't any more. */
    synchronized boolean enter() {
        if (!interrupted) {
            inside = Thread.currentThread();
        }
        return !interrupted;
    }

    /** This thread is done with the code, and isn't interrupted any more. */
    synchronized void leave() {
        inside = null;
        if (interrupted) {
            Thread.interrupted();
        }
    }

    /** Interrupts the thread that is inside, if there is one, and lets none enter from now on. */
    synchronized void interrupt() {
        interrupted = true;
        if (inside != null) {
            inside.interrupt();
        }
    }

    synchronized boolean isInside() {
        return inside != null;
    }

    synchronized boolean isInterrupted() {
        return interrupted;
    }
}
