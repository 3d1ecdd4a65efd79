package dev.bistro.sample.chat;

import dev.bistro.feed.Feed;
import dev.bistro.feed.FeedEncoder;
import dev.bistro.feed.FeedResponse;
import dev.bistro.http.Accept;
import dev.bistro.http.Headers;
import dev.bistro.http.MediaType;
import dev.bistro.http.Request;
import dev.bistro.http.Response;
import dev.bistro.websocket.WebSocketSession;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** What can be done in a room. */
@Singleton
final class Conversation {
    private static final MediaType EVENTS = MediaType.of("text", "event-stream");
    private static final MediaType LINES = MediaType.of("application", "x-ndjson");
    private static final List<MediaType> FOR_PEOPLE = List.of(MediaType.HTML, MediaType.JSON, EVENTS, LINES);
    private static final List<MediaType> FOR_FOLLOWERS = List.of(MediaType.JSON, EVENTS, LINES, MediaType.HTML);
    private static final String DELIVERY = "delivery";
    private static final Headers PAGE = Headers.of(
            "Content-Security-Policy", ChatPage.CONTENT_SECURITY_POLICY, "Cache-Control", "no-store", "Vary", "Accept");

    private final FeedEncoder<Posted> frames = new Frames();
    private final Clock clock;

    @Inject
    Conversation() {
        this(Clock.systemUTC());
    }

    Conversation(Clock clock) {
        this.clock = clock;
    }

    /**
     * The messages of a room: a page for people; a list, a long poll or a stream for programs. A client that accepts
     * all of them equally gets the page, or if it asks for the messages after a place, the list.
     */
    Response<?> messages(Feed<Posted> room, Request request) {
        boolean follows =
                request.queryParam("since").or(() -> request.queryParam("wait")).isPresent();
        Optional<MediaType> best = Accept.of(request).best(follows ? FOR_FOLLOWERS : FOR_PEOPLE);
        return best.filter(MediaType.HTML::equals).isPresent()
                ? Response.ok(MessagesPage.of(MessageList.of(room.read(Feed.START)), Rooms.name(request)))
                        .withHeaders(PAGE)
                : Response.ok(FeedResponse.of(room).withItems(Message::of).withList(MessageList::of));
    }

    /** Posts a message. Completes with the message as all clients get it. */
    CompletionStage<Message> say(NewMessage message, Feed<Posted> room) {
        return room.publish(message.postedAt(clock.instant())).thenApply(Message::of);
    }

    /** Sends a session the messages of a room, after an id or from the oldest one on. */
    void join(WebSocketSession session, Feed<Posted> room, Optional<String> since) {
        session.setAttribute(DELIVERY, Delivery.start(session, room, since.orElse(Feed.START), frames));
    }

    void leave(WebSocketSession session) {
        session.attribute(DELIVERY).ifPresent(delivery -> ((Delivery) delivery).close());
    }
}
