package dev.bistro.data.transaction;

import dev.bistro.annotation.Body;
import dev.bistro.feed.Feed;
import dev.bistro.feed.FeedResponse;
import dev.bistro.http.Payload;
import dev.bistro.http.Response;
import dev.bistro.http.StreamPayload;
import dev.bistro.http.StreamingBody;
import dev.bistro.http.spi.LivePayload;
import dev.bistro.http.spi.PendingPayload;
import dev.bistro.http.spi.PulledPayload;
import dev.bistro.types.Types;
import java.io.InputStream;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.stream.BaseStream;
import java.util.stream.Stream;

/** Results that are complete, or written, only after the method that returned them. */
final class LateResults {
    private static final List<Class<?>> LATE = List.of(
            CompletionStage.class,
            BaseStream.class,
            Iterator.class,
            InputStream.class,
            StreamingBody.class,
            StreamPayload.class,
            Feed.class,
            FeedResponse.class);

    private LateResults() {}

    /** The type of such a result that values of a type are or hold: of a sealed type, those of one of its outcomes. */
    static Optional<Class<?>> find(Type type) {
        return find(type, new HashSet<>());
    }

    private static Optional<Class<?>> find(Type type, Set<Type> seen) {
        if (!seen.add(type)) {
            return Optional.empty();
        }
        Class<?> raw = Types.raw(type);
        if (LATE.stream().anyMatch(late -> late.isAssignableFrom(raw))) {
            return Optional.of(raw);
        }
        Stream<Type> held;
        if (raw == Response.class || raw == Optional.class) {
            held = Types.argument(type, raw).stream();
        } else if (raw.isSealed()) {
            held = Arrays.stream(raw.getPermittedSubclasses());
        } else if (raw.isRecord()) {
            held = Arrays.stream(raw.getRecordComponents())
                    .filter(component -> component.getAccessor().isAnnotationPresent(Body.class)
                            || component.isAnnotationPresent(Body.class))
                    .map(RecordComponent::getGenericType)
                    .map(component -> Types.resolve(component, Types.variables(type)));
        } else {
            held = Stream.empty();
        }
        return held.flatMap(each -> find(each, seen).stream()).findFirst();
    }

    /** Whether a response is one, though its method's type doesn't tell: {@code Object}, or {@code Response<?>}. */
    static boolean isOne(Payload payload) {
        return payload instanceof PendingPayload
                || payload instanceof LivePayload
                || payload instanceof StreamPayload
                || payload instanceof PulledPayload pulled && pulled.length().isEmpty(); // that of a file is known
    }
}
