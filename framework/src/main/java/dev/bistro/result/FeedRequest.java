package dev.bistro.result;

import dev.bistro.feed.Feed;
import dev.bistro.http.BadRequestException;
import dev.bistro.http.InvalidValue;
import dev.bistro.http.Method;
import dev.bistro.http.Request;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a client asks of a feed.
 *
 * @param since the id after which it continues to read
 * @param waitAtMost how long the response may wait for an item
 * @param preferred whether that is asked by {@code Prefer: wait=30} (RFC 7240, section 4.3)
 */
record FeedRequest(String since, Duration waitAtMost, boolean preferred) {
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,9}");
    private static final Pattern PREFERENCE =
            Pattern.compile("wait\\s*=\\s*\"?([0-9]{1,9})\"?\\s*(;.*)?", Pattern.CASE_INSENSITIVE);

    /**
     * Reads the query and the headers.
     *
     * @throws BadRequestException if {@code wait} is no number of seconds
     */
    static FeedRequest of(Request request) {
        Optional<Duration> asked = request.queryParam("wait").map(FeedRequest::seconds);
        Optional<Duration> preferred = asked.isPresent() ? Optional.empty() : preference(request);
        Duration wait = asked.or(() -> preferred).orElse(Duration.ZERO);
        boolean waits = !request.method().equals(Method.HEAD);
        return new FeedRequest(since(request), waits ? wait : Duration.ZERO, waits && preferred.isPresent());
    }

    /** The header wins: a browser that reconnects sends its last id there, while the URL still has its first. */
    private static String since(Request request) {
        return request.header("Last-Event-ID")
                .filter(id -> !id.isEmpty())
                .or(() -> request.queryParam("since"))
                .orElse(Feed.START);
    }

    private static Duration seconds(String text) {
        if (!SECONDS.matcher(text).matches()) {
            String detail = "expected a number of seconds, such as 30";
            throw new BadRequestException(
                    "Query parameter \"wait\": " + detail,
                    List.of(new InvalidValue(InvalidValue.In.QUERY, "wait", detail)));
        }
        return Duration.ofSeconds(Long.parseLong(text));
    }

    /** Ignores a preference that can't be read, as RFC 7240, section 2, demands. */
    private static Optional<Duration> preference(Request request) {
        for (String preference : request.headers().elements("Prefer")) {
            Matcher wait = PREFERENCE.matcher(preference);
            if (wait.matches()) {
                return Optional.of(Duration.ofSeconds(Long.parseLong(wait.group(1))));
            }
        }
        return Optional.empty();
    }
}
