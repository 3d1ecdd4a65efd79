package dev.bistro.tls;

/** Whether clients are asked for a certificate of their own. */
public enum ClientAuth {
    /** They aren't asked. */
    NONE,

    /** They are asked, and may go on without one. One that isn't trusted ends the handshake all the same. */
    WANT,

    /** They are asked, and the handshake ends without one. */
    NEED
}
