package dev.bistro;

import dev.bistro.startup.Place;
import dev.bistro.startup.Problem;
import dev.bistro.startup.Problems;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.Spliterator;

/**
 * The libraries that {@link ServiceLoader} finds for an application. One that fails is a problem and no more.
 *
 * @param used those that take part, by name
 * @param leftOut those that the program leaves out
 */
record Libraries(List<LoadedLibrary> used, List<LoadedLibrary> leftOut) {
    /** Providers that fail one after the other; no loader has as many, but one that is stuck fails for ever. */
    private static final int MAX_FAILURES = 100;

    /** Finds those that an application's class loader sees. */
    static Libraries find(ClassLoader loader, Set<Class<?>> without, Problems problems) {
        var used = new ArrayList<LoadedLibrary>();
        var leftOut = new ArrayList<LoadedLibrary>();
        for (ServiceLoader.Provider<BistroLibrary> provider : providers(loader, problems)) {
            boolean isLeftOut = without.contains(provider.type());
            // one that is left out may fail, since nobody asks it for more than its classes
            LoadedLibrary.load(provider, isLeftOut ? new Problems() : problems)
                    .ifPresentOrElse(
                            library -> (isLeftOut || without.contains(library.type()) ? leftOut : used).add(library),
                            () -> {
                                if (isLeftOut) {
                                    leftOut.add(LoadedLibrary.failed(provider.type()));
                                }
                            });
        }
        used.sort(Comparator.comparing(LoadedLibrary::name)
                .thenComparing(library -> library.type().getName()));
        reportSameNames(used, problems);
        return new Libraries(List.copyOf(used), List.copyOf(leftOut));
    }

    private static List<ServiceLoader.Provider<BistroLibrary>> providers(ClassLoader loader, Problems problems) {
        var noting = new NotingLoader(loader);
        Spliterator<ServiceLoader.Provider<BistroLibrary>> providers =
                ServiceLoader.load(BistroLibrary.class, noting).stream().spliterator();
        var found = new ArrayList<ServiceLoader.Provider<BistroLibrary>>();
        int failures = 0;
        boolean hasMore = true;
        while (hasMore && failures < MAX_FAILURES) {
            try {
                hasMore = providers.tryAdvance(found::add);
            } catch (ServiceConfigurationError e) {
                failures++;
                problems.add(notLoaded(e.getMessage(), Optional.ofNullable(e.getCause())));
            } catch (LinkageError e) {
                failures++;
                problems.add(notLoaded(noting.last, Optional.of(e)));
            }
        }
        return found;
    }

    static Problem notLoaded(String message, Optional<Throwable> cause) {
        String prefix = BistroLibrary.class.getName() + ": ";
        String what = message.startsWith(prefix) ? message.substring(prefix.length()) : message;
        return Problem.of(
                        "library-not-loaded",
                        "A library can't be loaded: " + what
                                + cause.map(thrown -> ": " + failed(thrown)).orElse("") + ".")
                .cure("A library's class is public, implements BistroLibrary, and has a public constructor without"
                        + " parameters. It is named in META-INF/services/" + BistroLibrary.class.getName()
                        + ", or after \"provides\" in module-info.java.")
                .cure("If it comes with a dependency: take another version of that, add what it needs, or leave the"
                        + " dependency out.");
    }

    /** What a static initialiser threw; Java wraps it in an error that says nothing. */
    private static Throwable failed(Throwable thrown) {
        return thrown instanceof ExceptionInInitializerError && thrown.getCause() != null ? thrown.getCause() : thrown;
    }

    private static void reportSameNames(List<LoadedLibrary> byName, Problems problems) {
        for (int i = 1; i < byName.size(); i++) {
            LoadedLibrary one = byName.get(i - 1);
            LoadedLibrary other = byName.get(i);
            if (one.name().equals(other.name())) {
                problems.add(Problem.of("two-libraries", "Two libraries have the name \"" + one.name() + "\".")
                        .at(Place.of(one.type()))
                        .at(Place.of(other.type()))
                        .cure("Leave one of them out: " + one.howToLeaveOut() + "."));
            }
        }
    }

    /** All of their classes, also of those that are left out: none of them is the application's own. */
    Set<Class<?>> classes() {
        var all = new HashSet<Class<?>>();
        used.forEach(library -> all.addAll(library.classes()));
        leftOut.forEach(library -> all.addAll(library.classes()));
        return all;
    }

    /** The library of each class that one of them brings; the first by name, if two bring the same. */
    Map<Class<?>, LoadedLibrary> byClass() {
        var byClass = new HashMap<Class<?>, LoadedLibrary>();
        used.forEach(library -> library.classes().forEach(type -> byClass.putIfAbsent(type, library)));
        return byClass;
    }

    /** The classes that libraries are found by, of those that are left out. */
    Set<Class<?>> typesLeftOut() {
        var types = new HashSet<Class<?>>();
        leftOut.forEach(library -> types.add(library.type()));
        return types;
    }

    /**
     * Notes which class was asked for last: if that can't be loaded since it needs another one that isn't there, Java
     * names only the other one.
     */
    private static final class NotingLoader extends ClassLoader {
        private String last = "";

        NotingLoader(ClassLoader parent) {
            super(parent);
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            last = name;
            return super.loadClass(name, resolve);
        }
    }
}
