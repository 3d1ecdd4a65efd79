package dev.bistro.net;

/** Why the server dropped a connection; counted for the statistics. */
enum DropReason {
    /** The client took too little of what was sent to it. */
    SLOW_READER("the client takes too little of what is sent to it"),
    /** The server had no memory left for what the client sent or didn't take. */
    NO_MEMORY("there is no room left to buffer more for clients"),
    /** It was idle, and the server needed room for a new one. */
    EVICTED("it was idle, and had to make room for a new one"),
    /** There were too many connections from its address. */
    TOO_MANY_FROM_ADDRESS("there are too many from its address"),
    /** It was idle for too long. */
    IDLE("it was idle for too long"),
    /** The client failed to open it: a TLS handshake, or a header of the PROXY protocol. */
    HANDSHAKE("it could not be opened"),
    /** The same, since the client was too slow. */
    OPENING_TIMEOUT("it took too long to be opened"),
    /** The framework or the application failed. */
    FAULT("its protocol failed");

    private final String words;

    DropReason(String words) {
        this.words = words;
    }

    String words() {
        return words;
    }
}
