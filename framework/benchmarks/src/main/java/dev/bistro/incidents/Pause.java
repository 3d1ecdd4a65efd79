package dev.bistro.incidents;

/** What a handler does that waits for somebody else. */
final class Pause {
    private Pause() {}

    static String of(long millis) {
        if (millis > 0) {
            try {
                Thread.sleep(millis);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        return "waited";
    }

    /** The class and the name of the present thread without its number. */
    static String threadKind() {
        Thread thread = Thread.currentThread();
        return thread.getClass().getSimpleName() + " " + thread.getName().replaceAll("[0-9]+", "");
    }
}
