package dev.bistro.http1;

import dev.bistro.http.Status;
import dev.bistro.http.spi.Application;
import dev.bistro.http.spi.RequestObserver;
import dev.bistro.http.spi.RequestObserver.HandOver;
import dev.bistro.http.spi.ServerRequest;
import dev.bistro.net.Connection;
import dev.bistro.net.HandOverListener;
import dev.bistro.net.Protocol;
import dev.bistro.net.ProtocolFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Makes the HTTP/1.1 protocol of each connection for one application. */
public final class Http1 implements ProtocolFactory, HandOverListener {
    private static final String TLS_IS_SPOKEN =
            "This port speaks HTTPS. Ask again with https:// in place of http://.\n";

    private final Http1Settings settings;
    private final Application application;
    private final ForwardedHeaders forwarded;
    private final ResponseHeads heads;
    private final Optional<RequestIds> ids;
    private final RequestObservers observers;
    private final ExecutionProfiles profiles;
    private final RequestLimiter limiter;
    private final HandlerWatch watch;

    /**
     * The load of a server, and the requests that it refused.
     *
     * @param requestsUnderWay the number of requests that are under way outside the loop: on a thread of their own, or
     *     waiting without one
     * @param tooManyRequests requests that were answered 503, since there were as many under way as are allowed
     * @param noThread requests that were answered 503, since no thread became free for them
     * @param noRoom requests that were answered 503, since there was no memory for their bodies
     * @param lateHeads connections that were closed, since the head of their request took too long to come
     * @param lateBodies connections that were closed, since a body took too long to come
     * @param stuckHandlers handlers that ran for longer than they should
     * @param stuckHandlersNow those of them that still run
     */
    public record Statistics(
            int requestsUnderWay,
            long tooManyRequests,
            long noThread,
            long noRoom,
            long lateHeads,
            long lateBodies,
            long stuckHandlers,
            int stuckHandlersNow) {}

    /** Serves this application without proxies and observers, on a server with this number of event loops. */
    public Http1(Http1Settings settings, Application application, int loops) {
        this(settings, application, ForwardedHeaders.none(), Optional.empty(), List.of(), Duration.ZERO, loops);
    }

    /**
     * Serves this application behind the proxies that are trusted.
     *
     * @param ids what gives requests ids that answers say; else they are known by their place on their connection
     * @param observers are told of each request, in this order
     * @param stuckAfter how long a handler may run until it is reported; zero for any time
     */
    public Http1(
            Http1Settings settings,
            Application application,
            ForwardedHeaders forwarded,
            Optional<RequestIds> ids,
            List<RequestObserver> observers,
            Duration stuckAfter,
            int loops) {
        this.settings = settings;
        this.application = application;
        this.forwarded = forwarded;
        this.heads = new ResponseHeads(List.copyOf(application.decorators()));
        this.ids = ids;
        this.observers = new RequestObservers(List.copyOf(observers));
        this.profiles = new ExecutionProfiles(application.targets(), loops);
        this.limiter = new RequestLimiter(settings.maxConcurrentRequests());
        this.watch = stuckAfter.isZero() ? HandlerWatch.OFF : new HandlerWatch(stuckAfter, this.observers);
    }

    /**
     * What a client gets that speaks HTTP where HTTPS is spoken: a 400 with a text that names {@code https}. The
     * request isn't read, so that it is the same for each. Those who observe are told.
     */
    public byte[] answerWhereTlsIsSpoken(Connection connection) {
        var observation = new Observation(observers, connection);
        observation.beginAnswer(Status.BAD_REQUEST);
        observation.addBody(TLS_IS_SPOKEN.length());
        observation.end(true);
        String head = "HTTP/1.1 400 Bad Request\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: "
                + TLS_IS_SPOKEN.length() + "\r\nConnection: close\r\n\r\n";
        return (head + TLS_IS_SPOKEN).getBytes(StandardCharsets.US_ASCII);
    }

    /** The load at this moment, and the requests refused since the start. */
    public Statistics statistics() {
        return limiter.statistics(watch.stuck(), watch.stuckNow());
    }

    /** Tells those who observe of a loop that was taken away. */
    @Override
    public void onHandOver(int loop, Thread thread, Runnable handler) {
        Optional<ServerRequest> request =
                handler instanceof Exchange exchange ? Optional.of(exchange.request()) : Optional.empty();
        observers.onHandOver(new HandOver(loop, thread, request));
    }

    /** Ends what runs besides the connections. There are none any more, or they are given up. */
    public void close() {
        watch.close();
    }

    @Override
    public Protocol open(Connection connection) {
        return new Http1Connection(
                connection, settings, application, forwarded, heads, ids, observers, profiles, limiter, watch);
    }
}
