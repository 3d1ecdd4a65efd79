package dev.bistro.inject;

import dev.bistro.startup.Place;
import dev.bistro.startup.Problem;
import dev.bistro.types.Types;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The faults of a place that asks for an object. */
final class InjectionFaults {
    private InjectionFaults() {}

    static Problem missing(Key key, Place place, List<String> tried) {
        Problem problem =
                Problem.of("nothing-provides", "Nothing provides " + key + ".").at(place);
        for (String line : tried) {
            problem = problem.cure(line);
        }
        return problem;
    }

    static Problem ambiguous(Key key, Place place, List<Recipe> found) {
        return found.stream().allMatch(recipe -> recipe.standing().isPrimary())
                ? Problem.of("two-primaries", "More than one with @Primary provides " + key + ".")
                        .at(place)
                        .cure(all(found))
                        .cure("Leave @Primary on the one that is meant" + orWinOver(found))
                : Problem.of("ambiguous-dependency", "More than one provides " + key + ".")
                        .at(place)
                        .cure(all(found))
                        .cure("Put @Primary on the one that is meant here and elsewhere; or a qualifier such as"
                                + " @Named(\"main\") on the one that is meant here, and on this place"
                                + orWinOver(found));
    }

    static Problem twoOfAName(String name, Key key, Place place, List<Recipe> found) {
        return Problem.of("two-names", "More than one has the name \"" + name + "\" in a Map<String, " + key + ">.")
                .at(place)
                .cure(all(found))
                .cure("Give each a @Named of its own; or put @Primary on the one that is meant alone"
                        + orWinOver(found));
    }

    private static String all(List<Recipe> found) {
        return "There are: " + found.stream().map(Recipe::described).collect(Collectors.joining("; "));
    }

    /** The application can't change what libraries say, but can say it itself. */
    private static String orWinOver(List<Recipe> found) {
        var libraries = new TreeSet<String>();
        found.forEach(recipe -> recipe.standing().library().ifPresent(libraries::add));
        return libraries.isEmpty()
                ? "."
                : ". Where libraries disagree, write a @Bean method for it: what the application has itself wins over"
                        + " what a library has (" + String.join(", ", libraries) + ").";
    }

    static Problem untyped(Key key, Place place) {
        String name = Types.raw(key.type()).getSimpleName();
        return Problem.of("untyped-dependency", key + " doesn't say of what.")
                .at(place)
                .cure("Write the type that is wanted, such as " + name + "<Clock>.");
    }

    /** Nothing provides a wrapper, so that a list of wrappers would always be empty. */
    static Problem ofWrappers(DependencyWrapper collection, Key key, Place place) {
        String name = collection == DependencyWrapper.LIST ? "List" : "Map";
        return Problem.of(
                        "unusable-list",
                        "A " + name.toLowerCase(Locale.ROOT) + " of " + key
                                + " is asked for, and would always be empty.")
                .at(place)
                .cure("Ask for a " + name + " of the objects, or of a Provider of each.");
    }
}
