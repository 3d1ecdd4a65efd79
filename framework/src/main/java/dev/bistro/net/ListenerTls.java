package dev.bistro.net;

import java.util.function.Function;

/**
 * How a listener speaks TLS.
 *
 * @param engines makes the engine of each connection
 * @param answerToPlainText what the client of a connection gets that doesn't speak TLS but begins with a letter, as
 *     HTTP does; called once when it is about to be sent, on the loop
 */
public record ListenerTls(TlsEngines engines, Function<Connection, byte[]> answerToPlainText) {}
