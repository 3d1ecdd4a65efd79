package dev.bistro.inject;

import dev.bistro.startup.Place;
import java.util.List;

/** How an object is made, decided at startup: one class for each way. */
interface Recipe {
    /** What it makes: its type and qualifier. */
    Key makes();

    /** Where in the user's code it stands. */
    Place place();

    /** What it takes, in the order of {@link #make}'s arguments. */
    List<Dependency> dependencies();

    /** Whether the first object it makes is used for all. */
    boolean isSingleton();

    /** Makes an object; throws what the user's code throws. */
    Object make(Object[] arguments) throws Throwable;
}
