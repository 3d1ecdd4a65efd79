package dev.bistro;

import dev.bistro.startup.Place;
import dev.bistro.startup.Problem;
import dev.bistro.startup.Problems;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.regex.Pattern;

/**
 * A library, with what it says of itself, which it is asked only once.
 *
 * @param library gets the checks
 * @param type the class that it was found by
 * @param name its name: {@code audit}
 * @param version its version; may be empty
 * @param classes its classes, each once
 */
record LoadedLibrary(
        Optional<BistroLibrary> library, Class<?> type, String name, String version, List<Class<?>> classes) {
    private static final Pattern NAME = Pattern.compile("\\w[\\w.-]*");

    /** Code of a library that may throw. */
    private interface Call<T> {
        T call() throws Exception;
    }

    /** Makes a library and asks it; empty if it fails, which is a problem then. */
    static Optional<LoadedLibrary> load(ServiceLoader.Provider<BistroLibrary> provider, Problems problems) {
        BistroLibrary library;
        try {
            library = provider.get();
        } catch (ServiceConfigurationError | LinkageError e) {
            String what =
                    Objects.requireNonNullElse(e.getMessage(), provider.type().getName());
            problems.add(Libraries.notLoaded(what, Optional.ofNullable(e.getCause())));
            return Optional.empty();
        }
        Class<?> type = library.getClass();
        Optional<String> name = ask(type, "name", library::name, problems);
        Optional<String> version = ask(type, "version", library::version, problems);
        Optional<List<Class<?>>> classes = ask(type, "classes", () -> List.copyOf(library.classes()), problems);
        if (name.isPresent() && !NAME.matcher(name.get()).matches()) {
            problems.add(Problem.of(
                            "bad-library-name",
                            "The library " + type.getName() + " has the name \"" + name.get() + "\".")
                    .at(Place.of(type))
                    .cure("A name is of letters, digits, dots, hyphens and underscores, such as audit."));
            return Optional.empty();
        }
        return name.isEmpty() || version.isEmpty() || classes.isEmpty()
                ? Optional.empty()
                : Optional.of(new LoadedLibrary(
                        Optional.of(library),
                        type,
                        name.get(),
                        version.get().strip(),
                        classes.get().stream().distinct().toList()));
    }

    /** One that is left out, and can't say more. */
    static LoadedLibrary failed(Class<?> type) {
        return new LoadedLibrary(Optional.empty(), type, type.getName(), "", List.of());
    }

    private static <T> Optional<T> ask(Class<?> type, String method, Call<T> call, Problems problems) {
        try {
            return Optional.of(Objects.requireNonNull(call.call(), "it is null, or has null in it"));
        } catch (Exception | LinkageError | AssertionError | StackOverflowError e) {
            problems.add(failed(type, method, e));
            return Optional.empty();
        }
    }

    private static Problem failed(Class<?> type, String method, Throwable thrown) {
        return Problem.of(
                        "library-failed",
                        "The library " + type.getName() + " failed in its method " + method + ": " + thrown + ".")
                .at(Place.of(type))
                .cure("It is a fault of the library. Take another version of it, or leave it out: "
                        + howToLeaveOut(type) + ".");
    }

    /** Its name and version: {@code audit 1.2}. */
    String title() {
        return version.isEmpty() ? name : name + " " + version;
    }

    String howToLeaveOut() {
        return howToLeaveOut(type);
    }

    private static String howToLeaveOut(Class<?> type) {
        return "Bistro.app(…).without(" + Place.name(type) + ".class)";
    }

    /** Lets it check the application. */
    void check(StartupCheck start, Problems problems) {
        ask(
                type,
                "check",
                () -> {
                    library.orElseThrow().check(start);
                    return type;
                },
                problems);
    }
}
