package dev.bistro.startup;

import java.util.ArrayList;
import java.util.List;

/**
 * A fault that keeps an application from starting: what is wrong, where, and how to mend it.
 *
 * <pre>{@code
 * Problem.of("unknown-path-variable", "Path \"/items/{id}\" has no variable \"itemId\".")
 *         .at(Place.of(parameter))
 *         .cure("Did you mean @PathParam(\"id\")?");
 * }</pre>
 *
 * @param id the kind of fault, as a stable word to search for
 * @param what a sentence that tells what is wrong
 * @param places where in the user's code it is
 * @param cures lines that tell how to mend it, or what was tried
 */
public record Problem(String id, String what, List<Place> places, List<String> cures) {
    /** Copies the lists. */
    public Problem {
        places = List.copyOf(places);
        cures = List.copyOf(cures);
    }

    /** A problem without places and cures, which {@link #at} and {@link #cure} add. */
    public static Problem of(String id, String what) {
        return new Problem(id, what, List.of(), List.of());
    }

    /** This problem with one more place. */
    public Problem at(Place place) {
        return new Problem(id, what, added(places, place), cures);
    }

    /** This problem with one more line of cure. */
    public Problem cure(String line) {
        return new Problem(id, what, places, added(cures, line));
    }

    private static <T> List<T> added(List<T> list, T last) {
        var longer = new ArrayList<>(list);
        longer.add(last);
        return longer;
    }

    @Override
    public String toString() {
        var text = new StringBuilder("[" + id + "] " + what);
        places.forEach(place -> text.append("\n   at ").append(place));
        cures.forEach(cure -> text.append("\n   ").append(cure));
        return text.toString();
    }
}
