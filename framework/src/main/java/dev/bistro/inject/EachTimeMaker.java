package dev.bistro.inject;

import java.util.Optional;

/** Makes an object each time. */
final class EachTimeMaker extends Maker {
    EachTimeMaker(Recipe recipe, Optional<Maker> askedBy) {
        super(recipe, askedBy);
    }

    @Override
    public Object get() {
        return make();
    }
}
