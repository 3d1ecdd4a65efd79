package dev.bistro.http.spi;

/**
 * What can take a connection over. A transport knows which kinds it can hand a connection to: HTTP/1 those that are
 * protocols of the room {@code net}.
 */
public interface Takeover {}
