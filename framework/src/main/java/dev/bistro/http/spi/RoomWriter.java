package dev.bistro.http.spi;

import dev.bistro.http.Payload;

/** Makes the bodies of responses, and can write them where they are sent from. */
public interface RoomWriter {
    /** Writes a value as bytes. */
    byte[] write(Object value);

    /** Writes a value into the room, or elsewhere if it doesn't fit: in any case the payload has all of it. */
    Payload write(Object value, BodyRoom room);
}
