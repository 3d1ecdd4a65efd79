package dev.bistro.limit;

import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Calls code when a time has passed. The code mustn't wait. For any thread. */
@FunctionalInterface
interface Timer {
    /** Calls the code after this time, unless what is returned is run before. */
    Runnable after(Duration time, Runnable code);

    /** A timer with a thread of its own, which ends where nothing is to come. */
    static Timer create() {
        var executor = new ScheduledThreadPoolExecutor(1, code -> {
            var thread = new Thread(code, "bistro-timeouts");
            thread.setDaemon(true);
            return thread;
        });
        executor.setRemoveOnCancelPolicy(true); // or each request would be kept until its time is over
        executor.setKeepAliveTime(10, TimeUnit.SECONDS);
        executor.allowCoreThreadTimeOut(true);
        return (time, code) -> {
            var scheduled = executor.schedule(code, time.toNanos(), TimeUnit.NANOSECONDS);
            return () -> scheduled.cancel(false);
        };
    }
}
