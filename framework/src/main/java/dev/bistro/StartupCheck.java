package dev.bistro;

import dev.bistro.config.Settings;
import dev.bistro.startup.Problem;
import java.util.List;
import java.util.Optional;

/** What a {@link BistroLibrary} sees of an application that starts, and where it reports what is wrong with it. */
public interface StartupCheck {
    /** All settings, whether a record has them or not. */
    Settings settings();

    /**
     * A record with {@code @Config} of the application or a library, as it is injected; empty if there is no such
     * record, or if it can't be made of the settings, which is reported already.
     */
    <R> Optional<R> config(Class<R> record);

    /**
     * The classes that take part: the controllers, and after them all others; of both, those of the application come
     * first.
     */
    List<Class<?>> classes();

    /**
     * Adds a fault to the report with which the start ends. It says what is wrong and how to cure it; the name of the
     * library that reports it is added.
     */
    void report(Problem problem);
}
