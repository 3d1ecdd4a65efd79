package dev.bistro;

import dev.bistro.annotation.Config;
import dev.bistro.annotation.Route;
import dev.bistro.annotation.WebSocket;
import dev.bistro.scan.ApplicationClasses;
import dev.bistro.scan.ClassChoice;
import dev.bistro.startup.Place;
import dev.bistro.startup.Problem;
import dev.bistro.startup.Problems;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The classes that an application starts with.
 *
 * @param own the application's own
 * @param ofLibraries those of each library, by its name
 * @param all both, the application's first
 * @param libraryOf the library of each class that one brings
 */
record FoundClasses(
        ApplicationClasses own,
        Map<LoadedLibrary, ApplicationClasses> ofLibraries,
        ApplicationClasses all,
        Map<Class<?>, LoadedLibrary> libraryOf) {

    /** Finds the libraries and the classes; faults in classes of libraries tell from now on which library it is. */
    static FoundClasses find(StartInput input, Problems problems) {
        Set<Class<?>> without = new HashSet<>(input.leftOut());
        Libraries libraries = Libraries.find(input.application().getClassLoader(), without, problems);
        without.removeAll(libraries.typesLeftOut());
        removeOtherLibraries(without, problems);

        Map<Class<?>, LoadedLibrary> libraryOf = new HashMap<>(libraries.byClass());
        boolean haveControllers =
                libraryOf.keySet().stream().anyMatch(type -> isController(type) && !without.contains(type));
        var choice = new ClassChoice(input.classes(), input.added(), without, libraries.classes(), haveControllers);
        ApplicationClasses own = ApplicationClasses.find(input.application(), choice, problems);
        own.controllers().forEach(libraryOf::remove); // named by the program, and therefore its own
        own.components().forEach(libraryOf::remove);
        libraryOf.keySet().removeAll(without);
        problems.tellOrigins(type -> origin(type, libraryOf));

        var ofLibraries = new LinkedHashMap<LoadedLibrary, ApplicationClasses>();
        ApplicationClasses all = own;
        for (LoadedLibrary library : libraries.used()) {
            List<Class<?>> brought = library.classes().stream()
                    .filter(type -> libraryOf.get(type) == library)
                    .toList();
            ApplicationClasses classes = ApplicationClasses.ofLibrary(brought, library.title(), problems);
            ofLibraries.put(library, classes);
            all = all.and(classes);
        }
        var found = new FoundClasses(own, ofLibraries, all, libraryOf);
        found.checkPrefixes(problems);
        return found;
    }

    private static void removeOtherLibraries(Set<Class<?>> without, Problems problems) {
        List<Class<?>> others =
                without.stream().filter(BistroLibrary.class::isAssignableFrom).toList();
        others.forEach(without::remove);
        if (problems.isEmpty()) { // otherwise it may not have been found because of these
            others.forEach(type -> problems.add(Problem.of(
                            "not-left-out",
                            "without(…) leaves out the library " + Place.name(type) + ", which isn't found anyway.")
                    .at(Place.of(type))
                    .cure("Take it away from there: it isn't on the class path or module path of the application, or"
                            + " nothing there names it as a BistroLibrary.")));
        }
    }

    private static boolean isController(Class<?> type) {
        return type.isAnnotationPresent(Route.class) || type.isAnnotationPresent(WebSocket.class);
    }

    private static Optional<String> origin(Class<?> type, Map<Class<?>, LoadedLibrary> libraryOf) {
        if (type.getName().startsWith("java.")) {
            return Optional.empty(); // whoever names it
        }
        for (Class<?> at = type; at != null; at = at.getEnclosingClass()) {
            LoadedLibrary library = libraryOf.get(at);
            if (library != null) {
                return Optional.of(Place.name(type) + " is of the library " + library.title() + "; to leave that out: "
                        + library.howToLeaveOut() + ".");
            }
        }
        return Optional.empty();
    }

    /** The names of libraries by the classes that they bring. */
    Map<Class<?>, String> titles() {
        var titles = new HashMap<Class<?>, String>();
        libraryOf.forEach((type, library) -> titles.put(type, library.title()));
        return titles;
    }

    /** Reports settings of libraries whose prefix another has too: nobody could tell whose a setting is. */
    private void checkPrefixes(Problems problems) {
        if (ofLibraries.isEmpty()) {
            return;
        }
        var owners = new HashMap<String, Class<?>>();
        OwnSettings.TYPES.forEach(type -> owners.put(prefix(type), type));
        own.configRecords().forEach(type -> owners.putIfAbsent(prefix(type), type));
        ofLibraries.values().forEach(classes -> {
            var ofThis = new HashMap<String, Class<?>>();
            for (Class<?> type : classes.configRecords()) {
                Class<?> other = owners.get(prefix(type));
                if (other != null) {
                    problems.add(Problem.of(
                                    "shared-prefix",
                                    "Settings of a library and others begin with \"" + prefix(type) + "\".")
                            .at(Place.of(type))
                            .at(Place.of(other))
                            .cure("Give the library's @Config a prefix of its own, such as its name. Settings that are"
                                    + " there already can be had as they are: inject " + Place.name(type)
                                    + " instead of declaring its settings again."));
                }
                ofThis.put(prefix(type), type);
            }
            owners.putAll(ofThis);
        });
    }

    private static String prefix(Class<?> record) {
        return record.getAnnotation(Config.class).value();
    }
}
