package dev.bistro.net;

/**
 * How a listener speaks TLS.
 *
 * @param engines makes the engine of each connection
 * @param answerToPlainText what a client gets that doesn't speak TLS but begins with a letter, as HTTP does
 */
public record ListenerTls(TlsEngines engines, byte[] answerToPlainText) {}
