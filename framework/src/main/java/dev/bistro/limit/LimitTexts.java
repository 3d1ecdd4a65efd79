package dev.bistro.limit;

import dev.bistro.startup.Place;
import java.util.Optional;

/** Replaces the placeholders of settings in the texts of limits. */
@FunctionalInterface
public interface LimitTexts {
    /**
     * A text with the values of settings.
     *
     * @param written the annotation, as it is written, for faults
     * @return empty if there is no such setting, which has been reported
     */
    Optional<String> of(String text, String written, Place place);
}
