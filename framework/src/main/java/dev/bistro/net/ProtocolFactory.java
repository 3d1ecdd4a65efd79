package dev.bistro.net;

/** Makes the protocol of a new connection. */
@FunctionalInterface
public interface ProtocolFactory {
    /** The protocol that begins on the connection. */
    Protocol open(Connection connection);
}
