package dev.bistro.testing;

import dev.bistro.http.Headers;
import dev.bistro.http.Status;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * A request, and its response once there is one, for the messages of failures.
 *
 * @param requestLine method and target
 * @param json how what came is read
 */
record RecordedExchange(String requestLine, Headers requestHeaders, byte[] requestBody, Json json) {
    private static final int SHOWN = 4_000;

    /** A failure before there was a response. */
    AssertionError failure(String what, Throwable cause) {
        return new AssertionError(what + "\n\n" + request(), cause);
    }

    /** A failure of a response. */
    AssertionError failure(String what, Status status, Headers headers, byte[] body) {
        return new AssertionError(what + "\n\n" + text(status, headers, body));
    }

    /** A failure of a response or connection that stays open. */
    AssertionError failure(String what, Status status, Headers headers, Transcript sinceThen) {
        return new AssertionError(
                what + "\n\n" + request() + "\n" + response(status, headers, new byte[0]) + "\n" + sinceThen);
    }

    /** The whole exchange. */
    String text(Status status, Headers headers, byte[] body) {
        return request() + "\n" + response(status, headers, body);
    }

    private String request() {
        return "> " + requestLine + "\n" + fields("> ", requestHeaders) + text(requestBody);
    }

    private static String response(Status status, Headers headers, byte[] body) {
        return "< " + status + "\n" + fields("< ", headers) + text(body);
    }

    private static String fields(String mark, Headers headers) {
        var fields = new StringBuilder();
        for (int i = 0; i < headers.size(); i++) {
            fields.append(mark).append(headers.name(i)).append(": ");
            fields.append(headers.value(i)).append('\n');
        }
        return fields.toString();
    }

    private static String text(byte[] body) {
        if (body.length == 0) {
            return "";
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
            String shown =
                    text.length() <= SHOWN ? text : text.substring(0, SHOWN) + " … (" + text.length() + " characters)";
            return "\n" + shown + "\n";
        } catch (CharacterCodingException notText) {
            return "\n(" + body.length + " bytes that are no text)\n";
        }
    }
}
