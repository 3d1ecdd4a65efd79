package dev.bistro.websocket;

import java.nio.charset.StandardCharsets;

/**
 * Why a session was closed.
 *
 * <pre>{@code
 * new CloseReason(4001, "Your turn is over");
 * }</pre>
 *
 * @param code the status code (RFC 6455, section 7.4), such as {@link #NORMAL}
 * @param text a text for logs, which may be empty
 */
public record CloseReason(int code, String text) {
    /** The session has served its purpose. */
    public static final int NORMAL = 1000;

    /** The server is stopping, or the browser has left the page. */
    public static final int GOING_AWAY = 1001;

    /** The other side broke the protocol. */
    public static final int PROTOCOL_ERROR = 1002;

    /**
     * The receiver can't take this kind of message: a binary one where only text is handled, or the other way round.
     */
    public static final int UNSUPPORTED_DATA = 1003;

    /** The other side closed without a code. Never sent. */
    public static final int NO_CODE = 1005;

    /** The connection was lost without a close frame. Never sent. */
    public static final int ABNORMAL = 1006;

    /** The content of a message is invalid: text that isn't UTF-8, or that can't be read as the handler's type. */
    public static final int INVALID_DATA = 1007;

    /** A message breaks a rule of the application. */
    public static final int POLICY_VIOLATION = 1008;

    /** A message is too big. */
    public static final int TOO_BIG = 1009;

    /** The server failed to do its part. */
    public static final int INTERNAL_ERROR = 1011;

    /** The client may connect again later. Sent to one that is too slow, and where the server has no memory left. */
    public static final int TRY_AGAIN_LATER = 1013;

    private static final int MAX_TEXT_BYTES = 123;
    private static final String ELLIPSIS = "...";

    /**
     * Checks that the text fits into a close frame.
     *
     * @throws IllegalArgumentException if the text has more than 123 bytes in UTF-8 (RFC 6455, section 5.5)
     */
    public CloseReason {
        if (text.getBytes(StandardCharsets.UTF_8).length > MAX_TEXT_BYTES) {
            throw new IllegalArgumentException("The reason has more than " + MAX_TEXT_BYTES + " bytes: " + text);
        }
    }

    /** A reason whose text is cut to the length that fits into a close frame. */
    public static CloseReason cut(int code, String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        if (utf8.length <= MAX_TEXT_BYTES) {
            return new CloseReason(code, text);
        }
        int end = MAX_TEXT_BYTES - ELLIPSIS.length();
        while ((utf8[end] & 0xC0) == 0x80) {
            end--; // not within a character
        }
        return new CloseReason(code, new String(utf8, 0, end, StandardCharsets.UTF_8) + ELLIPSIS);
    }

    /**
     * Whether a close frame may have this code: one of the protocol that isn't reserved, one that is registered with
     * IANA, or 3000 to 4999 for libraries and applications (RFC 6455, section 7.4.2). {@code isSendable(1000)} is true,
     * {@code isSendable(1006)} is false.
     */
    public static boolean isSendable(int code) {
        return code >= NORMAL && code <= UNSUPPORTED_DATA
                || code >= INVALID_DATA && code <= 1014
                || code >= 3000 && code <= 4999;
    }
}
