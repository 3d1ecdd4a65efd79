package dev.bistro.security;

import dev.bistro.annotation.CrossOrigin;
import dev.bistro.handler.RouteAnnotations;
import dev.bistro.handler.Verbs;
import dev.bistro.startup.Place;
import dev.bistro.startup.Problem;
import dev.bistro.startup.Problems;
import dev.bistro.types.Hierarchy;
import java.lang.reflect.Method;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Finds what is wrong with {@code @CrossOrigin}, at startup. */
public final class CrossOriginAudit {
    private static final String ANY = "*";

    private final AllowedOrigins ofSettings;
    private final Problems problems;
    private final Set<CrossOrigin> checked = new HashSet<>();

    /**
     * An audit.
     *
     * @param ofSettings the origins for annotations that name none
     */
    public CrossOriginAudit(AllowedOrigins ofSettings, Problems problems) {
        this.ofSettings = ofSettings;
        this.problems = problems;
    }

    /** Checks a controller or WebSocket, with all that it inherits. */
    public void check(Class<?> type) {
        Hierarchy hierarchy = Hierarchy.of(type);
        for (Method method : hierarchy.methods()) {
            Stream.concat(Stream.of(method), hierarchy.overridden(method).stream())
                    .forEach(one -> check(one, !Verbs.of(method).isEmpty()));
        }
        RouteAnnotations.of(type).all(CrossOrigin.class).forEach(declared -> check(declared, Place.of(type)));
    }

    private void check(Method method, boolean answers) {
        List<CrossOrigin> declared = RouteAnnotations.on(method).all(CrossOrigin.class);
        if (!declared.isEmpty() && !answers) {
            addMisplaced(Place.of(method), "a method that answers no requests");
        } else {
            declared.forEach(one -> check(one, Place.of(method)));
            declared.stream().findFirst().ifPresent(one -> checkMethods(one, method));
        }
    }

    /** Reports methods that leave the method itself out, so that nothing is allowed. */
    private void checkMethods(CrossOrigin declared, Method method) {
        List<String> verbs =
                Verbs.of(method).stream().map(Verbs.Binding::method).toList();
        List<String> allowed = List.of(declared.methods());
        if (!allowed.isEmpty() && !verbs.isEmpty() && verbs.stream().noneMatch(allowed::contains)) {
            add(Place.of(method), "methods has none of " + String.join(", ", verbs) + ", so it allows nothing here.");
        }
    }

    /** Checks a class that answers no requests, such as the application's: the annotation has no effect there. */
    public void checkStray(Class<?> type) {
        if (type.isAnnotationPresent(CrossOrigin.class)) {
            addMisplaced(Place.of(type), "a class that answers no requests");
        }
        for (Method method : Hierarchy.of(type).methods()) {
            if (method.isAnnotationPresent(CrossOrigin.class) && method.getDeclaringClass() == type) {
                addMisplaced(Place.of(method), "a method that answers no requests");
            }
        }
    }

    private void addMisplaced(Place place, String what) {
        problems.add(Problem.of("misplaced-cross-origin", "@CrossOrigin is on " + what + ": it allows nothing.")
                .at(place)
                .cure("Write it on a class with @Route or @WebSocket, or on a method with a verb; for static files and"
                        + " everything else, set security.cors.origins."));
    }

    private void check(CrossOrigin declared, Place place) {
        if (!checked.add(declared)) {
            return; // the same on several classes, or above them
        }
        List<String> origins = List.of(declared.origins());
        origins.forEach(origin -> AllowedOrigins.fault(origin).ifPresent(fault -> add(place, fault + ".")));
        Stream.of(declared.methods())
                .flatMap(name -> CorsPolicy.methodFault(name).stream())
                .forEach(fault -> add(place, fault + "."));
        Stream.of(declared.headers())
                .flatMap(name -> CorsPolicy.headerFault(name).stream())
                .forEach(fault -> add(place, fault + "."));
        Stream.of(declared.exposed())
                .filter(name -> !name.equals(ANY))
                .flatMap(name -> CorsPolicy.headerFault(name).stream())
                .forEach(fault -> add(place, fault + "."));
        if (declared.maxAgeSeconds() < 0 || declared.maxAgeSeconds() > CorsPolicy.MAX_AGE.toSeconds()) {
            add(place, "maxAgeSeconds has to be from 0 to " + CorsPolicy.MAX_AGE.toSeconds() + ".");
        }
        if (origins.isEmpty() && ofSettings.isEmpty()) {
            problems.add(Problem.of(
                            "cross-origin-without-origins", "@CrossOrigin names no origins, nor does a setting.")
                    .at(place)
                    .cure("Write @CrossOrigin(origins = \"https://shop.example\"), or set security.cors.origins."));
        }
        checkCredentials(declared, origins, place);
    }

    private void checkCredentials(CrossOrigin declared, List<String> origins, Place place) {
        boolean all = origins.isEmpty() ? ofSettings.isAny() : origins.contains(ANY);
        if (declared.credentials() && (all || List.of(declared.exposed()).contains(ANY))) {
            problems.add(Problem.of(
                            "credentials-for-all",
                            "@CrossOrigin has credentials and " + (all ? "origins" : "exposed") + " *, which browsers"
                                    + " don't take together: any page could act in the name of the user.")
                    .at(place)
                    .cure(
                            all
                                    ? "Name the origins, such as https://shop.example or https://*.shop.example; or"
                                            + " leave credentials out."
                                    : "Name the header fields in exposed; or leave credentials out."));
        }
    }

    private void add(Place place, String what) {
        problems.add(Problem.of("bad-cross-origin", "@CrossOrigin: " + what)
                .at(place)
                .cure("Such as @CrossOrigin(origins = \"https://shop.example\", methods = \"GET\","
                        + " exposed = \"ETag\")."));
    }
}
