package dev.bistro.result;

import dev.bistro.feed.Feed;
import dev.bistro.feed.FeedCursor;
import dev.bistro.feed.FeedItem;
import dev.bistro.feed.FeedPage;
import dev.bistro.feed.FeedResponse;
import dev.bistro.http.Accept;
import dev.bistro.http.BytesPayload;
import dev.bistro.http.Headers;
import dev.bistro.http.HttpException;
import dev.bistro.http.MediaType;
import dev.bistro.http.Payload;
import dev.bistro.http.Request;
import dev.bistro.http.Response;
import dev.bistro.http.Status;
import dev.bistro.http.spi.LivePayload;
import dev.bistro.http.spi.PendingPayload;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A {@link Feed}, as the client likes it: a list of JSON, at once or when there is something (long polling), or a stream of events or lines.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7240#section-4.3">RFC 7240, section 4.3</a>
 */
final class FeedWriter implements ValueWriter {
    private static final byte[] EVENTS_HEARTBEAT = ":\n\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] LINES_HEARTBEAT = "\n".getBytes(StandardCharsets.US_ASCII);

    /** How it can come; of those that a client likes the same, the first. */
    private enum Representation {
        LIST(MediaType.JSON, "no-store"),
        EVENTS(MediaType.of("text", "event-stream"), "no-store, no-transform"),
        LINES(MediaType.of("application", "x-ndjson"), "no-store, no-transform");

        final MediaType type;
        final String cacheControl;

        Representation(MediaType type, String cacheControl) {
            this.type = type;
            this.cacheControl = cacheControl;
        }
    }

    private final ResultOrigin source;
    private final List<MediaType> offered;
    private final Map<Representation, Head> heads;
    private final FeedJson json;
    private volatile Listed last = new Listed(null, null, null, null);

    /** A list that was written: many wait for the same one. */
    private record Listed(FeedPage<?> page, Object items, Object list, byte[] bytes) {
        boolean is(FeedPage<?> otherPage, Object otherItems, Object otherList) {
            return page == otherPage && otherItems.equals(items) && otherList.equals(list);
        }
    }

    private FeedWriter(ResultOrigin source, List<MediaType> offered, Map<Representation, Head> heads, FeedJson json) {
        this.source = source;
        this.offered = offered;
        this.heads = heads;
        this.json = json;
    }

    /** How feeds are written; empty if they can't be as what the method is to produce. */
    static Optional<ValueWriter> of(Declaration declaration, FeedJson json) {
        List<Representation> possible = Arrays.stream(Representation.values())
                .filter(one -> declaration.produces().map(one.type::equals).orElse(true))
                .toList();
        var heads = new EnumMap<Representation, Head>(Representation.class);
        possible.forEach(one -> heads.put(one, head(declaration.headers(), one, possible.size() > 1)));
        List<MediaType> offered = possible.stream().map(one -> one.type).toList();
        return offered.isEmpty()
                ? Optional.empty()
                : Optional.of(new FeedWriter(declaration.source(), offered, heads, json));
    }

    /** All media types, for a message. */
    static String mediaTypes() {
        return Arrays.stream(Representation.values())
                .map(one -> one.type.toString())
                .collect(Collectors.joining(", "));
    }

    /** A stream mustn't be held back: by a coding (hence no-transform), or by a proxy (nginx has a header for that). */
    private static Head head(Headers annotated, Representation representation, boolean negotiated) {
        Headers headers = withDefault(annotated, "Cache-Control", representation.cacheControl);
        if (representation != Representation.LIST) {
            headers = withDefault(headers, "X-Accel-Buffering", "no");
        }
        return Head.of(negotiated ? withDefault(headers, "Vary", "Accept") : headers, representation.type);
    }

    private static Headers withDefault(Headers headers, String name, String value) {
        return headers.contains(name) ? headers : headers.plus(name, value);
    }

    @Override
    public Response<Payload> write(Request request, Status status, Headers own, Object value) {
        source.requireValue(value);
        FeedResponse<?> answer = value instanceof Feed<?> feed ? FeedResponse.of(feed) : (FeedResponse<?>) value;
        Representation representation = choose(request);
        Headers headers = heads.get(representation).with(status, own);
        return representation == Representation.LIST
                ? list(answer, FeedRequest.of(request), Response.of(status, headers, Payload.NONE))
                : Response.of(status, headers, new LivePayload(stream(answer, request, representation)));
    }

    private Representation choose(Request request) {
        MediaType best = Accept.of(request)
                .best(offered)
                .orElseThrow(() -> new HttpException(
                        Status.NOT_ACCEPTABLE,
                        "This comes as " + mediaTypes(),
                        Headers.of("Vary", "Accept"),
                        List.of()));
        return Arrays.stream(Representation.values())
                .filter(one -> one.type.equals(best))
                .findFirst()
                .orElseThrow();
    }

    // ---- streams

    private <T> FeedStream<T> stream(FeedResponse<T> answer, Request request, Representation representation) {
        String since = FeedRequest.of(request).since();
        return new FeedStream<>(
                answer.feed(), since, representation == Representation.EVENTS ? events(answer) : lines(answer));
    }

    private <T> FeedStream.Layout<T> events(FeedResponse<T> answer) {
        Function<? super FeedItem<T>, ?> items = answer.items().orElse(FeedItem::data);
        long retry = answer.feed().settings().retry().toMillis();
        return new FeedStream.Layout<>(
                new EventEncoder<>(items, answer.items().isPresent() ? json.any() : json.data(), json.any()),
                cursor -> beginning(cursor, retry),
                EVENTS_HEARTBEAT);
    }

    /** An id without data is no event, but the client knows where it is, should the connection be lost before the first one. */
    private static String beginning(FeedCursor<?> cursor, long retryMillis) {
        String place = cursor.isReset() ? "" : "id: " + cursor.position() + "\n";
        return "retry: " + retryMillis + "\n" + place + "\n";
    }

    private <T> FeedStream.Layout<T> lines(FeedResponse<T> answer) {
        Function<? super FeedItem<T>, ?> items = answer.items().orElse(item -> item);
        return new FeedStream.Layout<>(
                new LineEncoder<>(items, answer.items().isPresent() ? json.any() : json.item(), json.any()),
                cursor -> "",
                LINES_HEARTBEAT);
    }

    // ---- lists

    private <T> Response<Payload> list(FeedResponse<T> answer, FeedRequest wanted, Response<Payload> empty) {
        Feed<T> feed = answer.feed();
        Duration wait = shorter(wanted.waitAtMost(), feed.settings().maxWait());
        Response<Payload> head =
                wanted.preferred() ? empty.withHeader("Preference-Applied", "wait=" + wait.toSeconds()) : empty;
        CompletableFuture<FeedPage<T>> page = feed.await(wanted.since(), wait);
        if (page.isDone()) {
            return head.withBody(new BytesPayload(list(answer, page.join())));
        }
        return empty.withBody(PendingPayload.of(page, (there, fault) -> {
                    if (fault != null) {
                        throw new CompletionException(fault);
                    }
                    return head.withBody(new BytesPayload(list(answer, there)));
                })
                .hastenedBy(() -> page.complete(feed.read(wanted.since()))));
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private <T> byte[] list(FeedResponse<T> answer, FeedPage<T> page) {
        Listed before = last;
        if (before.is(page, answer.items(), answer.list())) {
            return before.bytes;
        }
        byte[] bytes = answer.list()
                .map(function -> json.any().write(function.apply(page)))
                .orElseGet(() -> answer.items()
                        .map(function -> each(function, page))
                        .orElseGet(() -> json.list(page.items(), json.item(), page)));
        last = new Listed(page, answer.items(), answer.list(), bytes);
        return bytes;
    }

    private <T> byte[] each(Function<? super FeedItem<T>, ?> items, FeedPage<T> page) {
        List<?> values = page.items().stream().map(items).toList();
        return json.list(values, json.any(), page);
    }
}
