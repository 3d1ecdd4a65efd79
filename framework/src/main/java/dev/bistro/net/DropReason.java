package dev.bistro.net;

/** Why a connection was cut off; counted for the statistics. */
enum DropReason {
    /** A client took too little of what was sent to it. */
    SLOW_READER("the client takes too little of what is sent to it"),
    /** There was no memory left for what its client sent, or didn't take. */
    NO_MEMORY("there is no room left to buffer more for clients"),
    /** It was idle, and gave way to a new one. */
    GAVE_WAY("it was idle, and gave way to a new one"),
    /** There were too many from the same address. */
    TOO_MANY_FROM_ADDRESS("there are too many from its address"),
    /** A fault of ours, or of the application's. */
    FAULT("its protocol failed");

    private final String words;

    DropReason(String words) {
        this.words = words;
    }

    String words() {
        return words;
    }
}
