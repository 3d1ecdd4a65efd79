package dev.bistro.testing;

import java.util.Optional;
import java.util.function.Function;

/**
 * One message of many: a server-sent event, a line, or a text that came over a WebSocket.
 *
 * <pre>{@code
 * events.nextEvent().assertEvent("added").assertJson("/name", "Tea");
 * socket.nextMessage().assertJson("/text", "Hello");
 * }</pre>
 */
public final class TestMessage extends TestText<TestMessage> {
    private final String id;
    private final String event;
    private final String text;
    private final Json json;
    private final Function<String, AssertionError> failure;

    TestMessage(String id, String event, String text, Json json, Function<String, AssertionError> failure) {
        this.json = json;
        this.id = id;
        this.event = event;
        this.text = text;
        this.failure = failure;
    }

    /** The id of an event; empty if it has none, or if this is no event. */
    public Optional<String> id() {
        return Optional.of(id).filter(text -> !text.isEmpty());
    }

    /** The kind of an event; empty if it has none, or if this is no event. */
    public Optional<String> event() {
        return Optional.of(event).filter(text -> !text.isEmpty());
    }

    /** The text; the data of an event, with all its lines. */
    @Override
    public String text() {
        return text;
    }

    /**
     * Asserts that this is an event of a kind: {@code assertEvent("added")}; {@code ""} for an event without a kind.
     */
    public TestMessage assertEvent(String expected) {
        return check(
                event.equals(expected), "Expected an event of the kind \"" + expected + "\", but was \"" + event + '"');
    }

    @Override
    Json json() {
        return json;
    }

    @Override
    AssertionError failure(String what) {
        return failure.apply(what);
    }

    @Override
    public String toString() {
        return text;
    }
}
