package dev.bistro.websocket;

import java.nio.charset.StandardCharsets;

/**
 * Why a session was closed.
 *
 * <pre>{@code
 * new CloseReason(4001, "Your turn is over");
 * }</pre>
 *
 * @param code the status code of RFC 6455, section 7.4, such as {@link #NORMAL}
 * @param text for people to read in a log; perhaps empty
 */
public record CloseReason(int code, String text) {
    /** The purpose is fulfilled. */
    public static final int NORMAL = 1000;

    /** The server stops, or the browser has left the page. */
    public static final int GOING_AWAY = 1001;

    /** The other side broke the protocol. */
    public static final int PROTOCOL_ERROR = 1002;

    /** A kind of message that isn't handled: binary where there is text only, or the other way round. */
    public static final int UNSUPPORTED_DATA = 1003;

    /** Never sent: the other side closed without a code. */
    public static final int NO_CODE = 1005;

    /** Never sent: the connection was lost without a close. */
    public static final int ABNORMAL = 1006;

    /** The message isn't what its kind says: text that is no UTF-8, or that can't be read as the type that is asked for. */
    public static final int INVALID_DATA = 1007;

    /** The message is against the rules of the application. */
    public static final int POLICY_VIOLATION = 1008;

    /** The message is too big. */
    public static final int TOO_BIG = 1009;

    /** The server failed. */
    public static final int INTERNAL_ERROR = 1011;

    /** Come again later; what a client is told that doesn't take what is sent to it. */
    public static final int TRY_AGAIN_LATER = 1013;

    private static final int MAX_TEXT_BYTES = 123;
    private static final String ELLIPSIS = "...";

    /**
     * Checks that a close frame can say this much.
     *
     * @throws IllegalArgumentException if the text has more than 123 bytes in UTF-8 (RFC 6455, section 5.5)
     */
    public CloseReason {
        if (text.getBytes(StandardCharsets.UTF_8).length > MAX_TEXT_BYTES) {
            throw new IllegalArgumentException("The reason has more than " + MAX_TEXT_BYTES + " bytes: " + text);
        }
    }

    /** A reason whose text is cut to what a close frame can hold. */
    public static CloseReason cut(int code, String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        if (utf8.length <= MAX_TEXT_BYTES) {
            return new CloseReason(code, text);
        }
        int end = MAX_TEXT_BYTES - ELLIPSIS.length();
        while ((utf8[end] & 0xC0) == 0x80) {
            end--; // never within a character
        }
        return new CloseReason(code, new String(utf8, 0, end, StandardCharsets.UTF_8) + ELLIPSIS);
    }

    /**
     * Whether a close frame may have this code: those of the protocol that aren't reserved, those that are registered with IANA, and 3000 to 4999 for
     * libraries and applications (RFC 6455, section 7.4.2). {@code isSendable(1000)} is true, {@code isSendable(1006)} is false.
     */
    public static boolean isSendable(int code) {
        return code >= NORMAL && code <= UNSUPPORTED_DATA
                || code >= INVALID_DATA && code <= 1014
                || code >= 3000 && code <= 4999;
    }
}
