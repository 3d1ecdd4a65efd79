package dev.bistro.result;

import dev.bistro.description.DescribedError;
import dev.bistro.description.DescribedResponse.Content;
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
import java.lang.reflect.Type;
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
 * Writes a {@link Feed} in the format that the client accepts: a list of JSON, at once or when there are items (long
 * polling), or a stream of events or lines.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7240#section-4.3">RFC 7240, section 4.3</a>
 */
final class FeedWriter implements ValueWriter.Function {
    private static final byte[] EVENTS_HEARTBEAT = ":\n\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] LINES_HEARTBEAT = "\n".getBytes(StandardCharsets.US_ASCII);

    /** The formats; if a client accepts several equally, it gets the first. */
    private enum Format {
        LIST(MediaType.JSON, "no-store", Content.FEED_PAGE, Content.VALUE),
        EVENTS(
                MediaType.of("text", "event-stream"),
                "no-store, no-transform",
                Content.FEED_EVENTS,
                Content.FEED_EVENTS),
        LINES(MediaType.of("application", "x-ndjson"), "no-store, no-transform", Content.FEED_LINES, Content.LINES);

        final MediaType type;
        final String cacheControl;
        final Content content;
        final Content otherContent; // where functions make something else of it

        Format(MediaType type, String cacheControl, Content content, Content otherContent) {
            this.type = type;
            this.cacheControl = cacheControl;
            this.content = content;
            this.otherContent = otherContent;
        }
    }

    private final ResultOrigin origin;
    private final List<MediaType> offered;
    private final Map<Format, RouteHeaders> headers;
    private final FeedJson json;
    private volatile CachedPage last = new CachedPage(null, null, null, null);

    /** The last page that was written, since many clients wait for the same one. */
    private record CachedPage(FeedPage<?> page, Object items, Object list, byte[] bytes) {
        boolean is(FeedPage<?> otherPage, Object otherItems, Object otherList) {
            return page == otherPage && otherItems.equals(items) && otherList.equals(list);
        }
    }

    private FeedWriter(ResultOrigin origin, List<MediaType> offered, Map<Format, RouteHeaders> headers, FeedJson json) {
        this.origin = origin;
        this.offered = offered;
        this.headers = headers;
        this.json = json;
    }

    /**
     * The writer for feeds; empty if they can't be written as the media type that the method produces.
     *
     * @param data the type of the items' data, for the description; empty if functions may make anything of the items
     * @param byApplication whether a codec of the application writes the data
     */
    static Optional<ValueWriter> of(
            ResponseAnnotations annotations, FeedJson json, Optional<Type> data, boolean byApplication) {
        List<Format> possible = Arrays.stream(Format.values())
                .filter(one -> annotations.produces().map(one.type::equals).orElse(true))
                .toList();
        var headers = new EnumMap<Format, RouteHeaders>(Format.class);
        possible.forEach(one -> headers.put(one, headers(annotations.headers(), one, possible.size() > 1)));
        List<MediaType> offered = possible.stream().map(one -> one.type).toList();
        return offered.isEmpty()
                ? Optional.empty()
                : Optional.of(ValueWriter.of(
                        describe(possible, data).map(response -> response.withApplication(byApplication)),
                        new FeedWriter(annotations.origin(), offered, headers, json)));
    }

    private static ResultDescription describe(List<Format> formats, Optional<Type> data) {
        return ResultDescription.together(formats.stream()
                        .map(one -> ResultDescription.of(
                                data.isPresent() ? one.content : one.otherContent,
                                data.orElse(Object.class),
                                Optional.of(one.type)))
                        .toList())
                .with(DescribedError.of(
                        Status.NOT_ACCEPTABLE, "This comes as none of the media types that the client accepts."));
    }

    /** The media types of all formats, for a message. */
    static String mediaTypes() {
        return Arrays.stream(Format.values()).map(one -> one.type.toString()).collect(Collectors.joining(", "));
    }

    /** Keeps intermediaries from holding back a stream: no-transform forbids codings, the other header is nginx's. */
    private static RouteHeaders headers(Headers annotated, Format format, boolean negotiated) {
        Headers headers = withDefault(annotated, "Cache-Control", format.cacheControl);
        if (format != Format.LIST) {
            headers = withDefault(headers, "X-Accel-Buffering", "no");
        }
        return RouteHeaders.of(negotiated ? withDefault(headers, "Vary", "Accept") : headers, format.type);
    }

    private static Headers withDefault(Headers headers, String name, String value) {
        return headers.contains(name) ? headers : headers.plus(name, value);
    }

    @Override
    public Response<Payload> write(Request request, Status status, Headers own, Object value) {
        origin.requireValue(value);
        FeedResponse<?> answer = value instanceof Feed<?> feed ? FeedResponse.of(feed) : (FeedResponse<?>) value;
        Format format = choose(request);
        Headers all = headers.get(format).with(status, own);
        return format == Format.LIST
                ? list(answer, FeedRequest.of(request), Response.of(status, all, Payload.NONE))
                : Response.of(status, all, new LivePayload(stream(answer, request, format)));
    }

    private Format choose(Request request) {
        MediaType best = Accept.of(request)
                .best(offered)
                .orElseThrow(() -> new HttpException(
                        Status.NOT_ACCEPTABLE,
                        "This comes as " + mediaTypes(),
                        Headers.of("Vary", "Accept"),
                        List.of()));
        return Arrays.stream(Format.values())
                .filter(one -> one.type.equals(best))
                .findFirst()
                .orElseThrow();
    }

    private <T> FeedStream<T> stream(FeedResponse<T> answer, Request request, Format format) {
        String since = FeedRequest.of(request).since();
        return new FeedStream<>(answer.feed(), since, format == Format.EVENTS ? events(answer) : lines(answer));
    }

    private <T> FeedStream.StreamFormat<T> events(FeedResponse<T> answer) {
        Function<? super FeedItem<T>, ?> items = answer.items().orElse(FeedItem::data);
        long retry = answer.feed().settings().retry().toMillis();
        return new FeedStream.StreamFormat<>(
                new EventEncoder<>(items, answer.items().isPresent() ? json.any() : json.data(), json.any()),
                cursor -> beginning(cursor, retry),
                EVENTS_HEARTBEAT);
    }

    /** An id without data is no event, but tells the client where to continue if the connection is lost before one. */
    private static String beginning(FeedCursor<?> cursor, long retryMillis) {
        String position = cursor.isReset() ? "" : "id: " + cursor.position() + "\n";
        return "retry: " + retryMillis + "\n" + position + "\n";
    }

    private <T> FeedStream.StreamFormat<T> lines(FeedResponse<T> answer) {
        Function<? super FeedItem<T>, ?> items = answer.items().orElse(item -> item);
        return new FeedStream.StreamFormat<>(
                new LineEncoder<>(items, answer.items().isPresent() ? json.any() : json.item(), json.any()),
                cursor -> "",
                LINES_HEARTBEAT);
    }

    private <T> Response<Payload> list(FeedResponse<T> answer, FeedRequest wanted, Response<Payload> empty) {
        Feed<T> feed = answer.feed();
        Duration wait = shorter(wanted.waitAtMost(), feed.settings().maxWait());
        Response<Payload> head =
                wanted.preferred() ? empty.withHeader("Preference-Applied", "wait=" + wait.toSeconds()) : empty;
        CompletableFuture<FeedPage<T>> page = feed.await(wanted.since(), wait);
        if (page.isDone()) {
            return head.withBody(new BytesPayload(list(answer, page.join())));
        }
        return empty.withBody(PendingPayload.of(page, (completed, fault) -> {
                    if (fault != null) {
                        throw new CompletionException(fault);
                    }
                    return head.withBody(new BytesPayload(list(answer, completed)));
                })
                .hastenedBy(() -> page.complete(feed.read(wanted.since()))));
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private <T> byte[] list(FeedResponse<T> answer, FeedPage<T> page) {
        CachedPage before = last;
        if (before.is(page, answer.items(), answer.list())) {
            return before.bytes;
        }
        byte[] bytes = answer.list()
                .map(function -> json.any().write(function.apply(page)))
                .orElseGet(() -> answer.items()
                        .map(function -> each(function, page))
                        .orElseGet(() -> json.list(page.items(), json.item(), page)));
        last = new CachedPage(page, answer.items(), answer.list(), bytes);
        return bytes;
    }

    private <T> byte[] each(Function<? super FeedItem<T>, ?> items, FeedPage<T> page) {
        List<?> values = page.items().stream().map(items).toList();
        return json.list(values, json.any(), page);
    }
}
