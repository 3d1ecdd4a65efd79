/**
 * Sockets: accepting, TLS, event loops, worker threads, deadlines, shutdown. Not API: its types are public for the
 * protocols and the front door only.
 *
 * <p>Connections of clients come in. Their bytes go to the {@link dev.bistro.net.Protocol} that a {@link
 * dev.bistro.net.ProtocolFactory} makes for each, and what it writes goes back. This package knows no HTTP.
 *
 * <p>Begin with {@code Protocol} and {@code Connection} (what a protocol sees), then {@code EventLoop} (one round of
 * the engine) and {@code ServedConnection} (what the loop does with a connection). {@code ExecutionProfile}, {@code
 * Worker} and {@code Watchdog} decide where handlers run. {@code Opening} is what comes before a protocol (TLS, the
 * PROXY protocol), {@code TlsWire} the bytes' way through TLS. {@code MemoryServer} serves tests without sockets.
 */
package dev.bistro.net;
