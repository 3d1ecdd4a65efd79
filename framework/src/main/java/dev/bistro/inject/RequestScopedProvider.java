package dev.bistro.inject;

import java.util.Optional;

/** Makes one object for each request, which {@link RequestObjects} keeps. */
final class RequestScopedProvider extends ObjectProvider {
    private final RequestScope scope;

    RequestScopedProvider(Recipe recipe, Optional<ObjectProvider> dependent, RequestScope scope) {
        super(recipe, dependent);
        this.scope = scope;
    }

    @Override
    public Object get() {
        return scope.current(this).get(this);
    }
}
