package dev.bistro.inject;

import dev.bistro.startup.Place;
import java.lang.reflect.Type;
import java.util.List;

/** How an object is made, decided at startup: one class for each way. */
interface Recipe {
    /** What it makes: its type and qualifier. */
    Key makes();

    /** What the user said that it is, with all arguments that are known: {@code Converter<Money>}. */
    default Type declares() {
        return makes().type();
    }

    /** Where in the user's code it stands. */
    Place place();

    /** What it takes, in the order of {@link #make}'s arguments. */
    List<Dependency> dependencies();

    /** For whom and how long an object that it makes is used. */
    Lifetime lifetime();

    /** Makes an object; throws what the user's code throws. */
    Object make(Object[] arguments) throws Throwable;
}
