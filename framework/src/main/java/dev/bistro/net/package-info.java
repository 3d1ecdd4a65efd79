/**
 * Sockets: accept, event loops, workers, deadlines, shutdown. Knows no HTTP; a protocol is plugged in at {@link dev.bistro.net.Protocol}.
 * Not API: its types are public for the protocols and the front door only.
 */
package dev.bistro.net;
