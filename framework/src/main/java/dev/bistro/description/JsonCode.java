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
 * What writes and reads JSON: code that was generated for its type, or Jackson, and why.
 *
 * @param writing gives the reason why no generated code writes values of a type; empty if it does
 * @param reading the same of reading
 */
public record JsonCode(Function<Type, Optional<String>> writing, Function<Type, Optional<String>> reading) {
    private static final Set<Content> ALWAYS =
            Set.of(Content.ARRAY, Content.LINES, Content.FEED_PAGE, Content.FEED_EVENTS, Content.FEED_LINES);
    private static final Set<Type> AS_THEY_ARE = Set.of(String.class, byte[].class, ByteBuffer.class, void.class);

    /** For people: {@code generated}, or {@code Jackson, because Basket is no record}; empty if it isn't JSON. */
    Optional<String> of(DescribedResponse response) {
        boolean isJson = ALWAYS.contains(response.content())
                || response.content() == Content.VALUE
                        && response.mediaType().filter(MediaType::isJson).isPresent();
        return isJson && !response.byApplication() ? Optional.of(of(response.type(), writing)) : Optional.empty();
    }

    /** The same of what is read. */
    Optional<String> of(DescribedBody body) {
        boolean isJson = body.kind() == DescribedBody.Kind.VALUE
                && body.mediaTypes().stream()
                        .anyMatch(type -> type.isJson() && !body.byApplication().contains(type));
        return isJson ? Optional.of(of(body.type(), reading)) : Optional.empty();
    }

    private static Optional<String> of(DescribedMessage message, Function<Type, Optional<String>> obstacles) {
        boolean isJson = !message.byApplication() && !AS_THEY_ARE.contains(message.type());
        return isJson ? Optional.of(of(message.type(), obstacles)) : Optional.empty();
    }

    /** All that a route sends, and all that it takes with {@code reads} before it. */
    List<String> of(DescribedRoute route) {
        Stream<String> answers = Stream.concat(route.responses().stream(), route.failures().stream())
                .flatMap(response -> of(response).stream());
        Stream<String> sent = route.messages().stream()
                .filter(message -> !message.isReceived())
                .flatMap(message -> of(message, writing).stream());
        Stream<String> received = route.messages().stream()
                .filter(DescribedMessage::isReceived)
                .flatMap(message -> of(message, reading).stream());
        Stream<String> taken = Stream.concat(route.body().flatMap(this::of).stream(), received);
        return Stream.concat(
                        taken.map(how -> "reads: " + how),
                        Stream.concat(answers, sent).map(how -> "writes: " + how))
                .distinct()
                .toList();
    }

    private static String of(Type type, Function<Type, Optional<String>> obstacles) {
        return obstacles.apply(type).map(why -> "Jackson, because " + why).orElse("generated");
    }
}
