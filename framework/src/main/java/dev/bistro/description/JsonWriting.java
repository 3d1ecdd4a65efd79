package dev.bistro.description;

import dev.bistro.description.DescribedResponse.Content;
import dev.bistro.http.MediaType;
import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What writes the JSON of answers: code that was generated for their types, or Jackson, and why.
 *
 * @param obstacles gives the reason why no generated code writes values of a type; empty if it does
 */
public record JsonWriting(Function<Type, Optional<String>> obstacles) {
    private static final Set<Content> ALWAYS =
            Set.of(Content.ARRAY, Content.LINES, Content.FEED_PAGE, Content.FEED_EVENTS, Content.FEED_LINES);
    private static final Set<Type> AS_THEY_ARE = Set.of(String.class, byte[].class, ByteBuffer.class, void.class);

    /** For people: {@code generated}, or {@code Jackson, because Basket is no record}; empty if it isn't JSON. */
    Optional<String> of(DescribedResponse response) {
        boolean isJson = ALWAYS.contains(response.content())
                || response.content() == Content.VALUE
                        && response.mediaType().filter(MediaType::isJson).isPresent();
        return isJson && !response.byApplication() ? Optional.of(of(response.type())) : Optional.empty();
    }

    /** The same of all that a route sends. */
    List<String> of(DescribedRoute route) {
        Stream<String> messages = route.messages().stream()
                .filter(message ->
                        !message.isReceived() && !message.byApplication() && !AS_THEY_ARE.contains(message.type()))
                .map(message -> of(message.type()));
        Stream<String> answers = Stream.concat(route.responses().stream(), route.failures().stream())
                .flatMap(response -> of(response).stream());
        return Stream.concat(answers, messages).distinct().toList();
    }

    private String of(Type type) {
        return obstacles.apply(type).map(why -> "Jackson, because " + why).orElse("generated");
    }
}
