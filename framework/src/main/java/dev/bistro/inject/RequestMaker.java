package dev.bistro.inject;

import java.util.Optional;

/** Makes one object for each request. */
final class RequestMaker extends Maker {
    private final RequestScope scope;

    RequestMaker(Recipe recipe, Optional<Maker> askedBy, RequestScope scope) {
        super(recipe, askedBy);
        this.scope = scope;
    }

    @Override
    public Object get() {
        return scope.current(this).get(this);
    }
}
