package dev.bistro.http1;

import dev.bistro.http.Headers;
import dev.bistro.http.Payload;
import dev.bistro.http.Response;
import dev.bistro.http.Status;
import dev.bistro.net.Output;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Writes responses. The transport decides the framing: a handler's own {@code Content-Length}, {@code
 * Transfer-Encoding} and {@code Connection} are not sent.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9112#section-4">RFC 9112, sections 4 to 6</a>
 */
final class ResponseWriter {
    private static final byte[][] STATUS_LINES = new byte[600][];
    private static final byte[] CONTINUE = ascii("HTTP/1.1 100 Continue\r\n\r\n");
    private static final byte[] CONTENT_LENGTH = ascii("Content-Length: ");
    private static final byte[] CHUNKED = ascii("Transfer-Encoding: chunked\r\n");
    private static final byte[] REQUEST_ID = ascii(RequestIds.FIELD + ": ");
    private static final byte[] CLOSE = ascii("Connection: close\r\n");
    private static final byte[] KEEP_ALIVE = ascii("Connection: keep-alive\r\n");
    private static final byte[] UPGRADE = ascii("Connection: Upgrade\r\n");
    private static final byte[] CRLF = ascii("\r\n");
    private static final byte[] COLON = ascii(": ");

    static {
        for (int code = 100; code < STATUS_LINES.length; code++) {
            STATUS_LINES[code] =
                    ascii("HTTP/1.1 " + code + " " + Status.of(code).reason() + "\r\n");
        }
    }

    /** What a response says about its connection. */
    enum Persistence {
        /** It stays open, which is the default of HTTP/1.1. */
        OPEN,
        /** It stays open, which a client of HTTP/1.0 must be told. */
        KEPT_ALIVE,
        /** It is closed after this response. */
        CLOSED,
        /** Another protocol uses it after this response. */
        HANDED_OVER
    }

    private ResponseWriter() {}

    static void writeContinue(Output output) {
        output.write(CONTINUE);
    }

    /** Writes a response with its whole body. */
    static void write(
            Response<Payload> response,
            byte[] body,
            boolean headRequest,
            Persistence persistence,
            Optional<String> requestId,
            Output output) {
        writeStart(response, persistence, requestId, output);
        if (!response.status().forbidsBody()) {
            writeLength(body.length, output);
        }
        output.write(CRLF);
        if (!headRequest && !response.status().forbidsBody()) {
            output.write(body);
        }
    }

    /** Writes the head of a response whose body follows, or would follow if the request weren't HEAD. */
    static void writeHead(
            Response<Payload> response,
            ResponseFraming framing,
            long length,
            Persistence persistence,
            Optional<String> requestId,
            Output output) {
        writeStart(response, persistence, requestId, output);
        if (framing == ResponseFraming.LENGTH) {
            writeLength(length, output);
        } else if (framing == ResponseFraming.CHUNKED) {
            output.write(CHUNKED);
        }
        output.write(CRLF);
    }

    private static void writeStart(
            Response<Payload> response, Persistence persistence, Optional<String> requestId, Output output) {
        output.write(STATUS_LINES[response.status().code()]);
        writeHeaders(response.headers(), persistence, requestId, output);
        switch (persistence) {
            case OPEN -> {}
            case KEPT_ALIVE -> output.write(KEEP_ALIVE);
            case CLOSED -> output.write(CLOSE);
            case HANDED_OVER -> output.write(UPGRADE);
        }
    }

    private static void writeLength(long length, Output output) {
        output.write(CONTENT_LENGTH);
        output.writeDecimal(length);
        output.write(CRLF);
    }

    /**
     * Writes the handler's headers, without those that the transport decides, and adds Date and the request's id. An {@code Upgrade} that
     * offers another protocol, as in a 426, needs {@code Connection: Upgrade} (RFC 9110, section 7.8); a response that
     * hands the connection over has that anyway.
     */
    private static void writeHeaders(
            Headers headers, Persistence persistence, Optional<String> requestId, Output output) {
        boolean dated = false;
        boolean identified = requestId.isEmpty();
        boolean offers = false;
        for (int i = 0; i < headers.size(); i++) {
            String name = headers.name(i);
            if (isTransportHeader(name)) {
                continue;
            }
            dated |= name.equalsIgnoreCase("Date");
            identified |= name.equalsIgnoreCase(RequestIds.FIELD);
            offers |= name.equalsIgnoreCase("Upgrade");
            output.writeLatin1(name);
            output.write(COLON);
            output.writeLatin1(headers.value(i));
            output.write(CRLF);
        }
        if (!dated) {
            output.write(DateField.now());
        }
        if (!identified) {
            output.write(REQUEST_ID);
            output.writeLatin1(requestId.get());
            output.write(CRLF);
        }
        if (offers && persistence != Persistence.HANDED_OVER) {
            output.write(UPGRADE);
        }
    }

    private static boolean isTransportHeader(String name) {
        return switch (name.length()) {
            case 10 -> name.equalsIgnoreCase("Connection");
            case 14 -> name.equalsIgnoreCase("Content-Length");
            case 17 -> name.equalsIgnoreCase("Transfer-Encoding");
            default -> false;
        };
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
