package dev.bistro.binding;

import dev.bistro.http.InvalidValue;
import dev.bistro.http.Request;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** A place in requests where texts stand under a name, such as the query parameter {@code limit}. */
interface ValueSource {
    /** The part of the request. */
    InvalidValue.In in();

    /** The name in that part. */
    String name();

    /** The first text; present, too, if it is an empty text. */
    Optional<String> first(Request request);

    /** All texts, in the order of the request. */
    List<String> all(Request request);

    /**
     * This source for a type of which a blank text is no value: browsers send the fields that nobody filled in, too.
     */
    default ValueSource without(Predicate<String> isBlank) {
        return new Filled(this, isBlank);
    }

    /** A source whose blank texts count as absent. */
    record Filled(ValueSource source, Predicate<String> isBlank) implements ValueSource {
        @Override
        public InvalidValue.In in() {
            return source.in();
        }

        @Override
        public String name() {
            return source.name();
        }

        @Override
        public Optional<String> first(Request request) {
            Optional<String> first = source.first(request);
            return first.isPresent() && isBlank.test(first.get())
                    ? all(request).stream().findFirst()
                    : first;
        }

        @Override
        public List<String> all(Request request) {
            List<String> all = source.all(request);
            return all.stream().anyMatch(isBlank)
                    ? all.stream().filter(isBlank.negate()).toList()
                    : all;
        }
    }
}
