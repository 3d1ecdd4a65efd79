package dev.bistro.inject;

import dev.bistro.startup.Problem;
import dev.bistro.startup.Problems;
import java.util.Map;
import java.util.Optional;

/**
 * What Bistro itself provides. A binding wins over what the application declares, so that of two nobody would get the
 * application's: two pools of connections, say, one of which no transaction uses.
 *
 * @param bound by their keys
 * @param reasons why Bistro provides a type, by the type
 */
record ReservedBindings(Map<Key, Recipe> bound, Map<Class<?>, String> reasons) {
    /** Reports what nobody would get; of what the program has bound to the same key, it wants that. */
    void check(Recipes recipes, Problems problems) {
        Map<Key, Recipe> now = recipes.bindings();
        bound.forEach((key, recipe) -> {
            if (now.get(key) == recipe) {
                recipes.declaredFor(key).forEach(declared -> problems.add(problem(key, declared)));
            }
        });
    }

    private Problem problem(Key key, Recipe declared) {
        String reason = Optional.ofNullable(reasons.get(key.rawType()))
                .map(text -> ", since " + text)
                .orElse("");
        return Problem.of(
                        "provided-by-bistro",
                        "Bistro provides " + key + reason + ": whoever asks for it gets that one, and not this "
                                + declared.key() + ".")
                .at(declared.place())
                .cure("Remove this one" + (reason.isEmpty() ? "" : ", or that setting")
                        + "; if it is for something else, give it a qualifier of its own, such as @Named(\"other\").");
    }
}
