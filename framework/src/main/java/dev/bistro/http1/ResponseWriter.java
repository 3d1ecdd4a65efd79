package dev.bistro.http1;

import dev.bistro.http.spi.BodyRoom;
import dev.bistro.net.Output;
import java.nio.charset.StandardCharsets;

/**
 * Writes responses. The transport decides the framing: a handler's own {@code Content-Length}, {@code
 * Transfer-Encoding} and {@code Connection} are not sent.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9112#section-4">RFC 9112, sections 4 to 6</a>
 */
final class ResponseWriter {
    private static final byte[] CONTINUE = ascii("HTTP/1.1 100 Continue\r\n\r\n");
    private static final byte[] CONTENT_LENGTH = ascii("Content-Length: ");
    private static final byte[] CHUNKED = ascii("Transfer-Encoding: chunked\r\n");
    private static final byte[] REQUEST_ID = ascii(RequestIds.FIELD + ": ");
    private static final byte[] CLOSE = ascii("Connection: close\r\n");
    private static final byte[] KEEP_ALIVE = ascii("Connection: keep-alive\r\n");
    private static final byte[] UPGRADE = ascii("Connection: Upgrade\r\n");
    private static final byte[] CRLF = ascii("\r\n");

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

    /**
     * Writes a response whose body is all there.
     *
     * @param hasBody whether the body is sent
     * @param identified the request whose id is said; null for none
     */
    static void write(
            ResponseHead head,
            byte[] body,
            boolean hasBody,
            Persistence persistence,
            Http1Request identified,
            Output output) {
        writeHead(head, framingOfWhole(head), body.length, persistence, identified, output);
        if (hasBody) {
            output.write(body);
        }
    }

    /**
     * Writes a response whose body has its place in the output already, unless it was written for later.
     *
     * @param hasBody whether the body is sent
     * @param identified the request whose id is said; null for none
     */
    static void write(
            ResponseHead head,
            BodyRoom body,
            boolean hasBody,
            Persistence persistence,
            Http1Request identified,
            Output output) {
        boolean isInPlace = hasBody && body.array() == output.array();
        if (isInPlace) {
            output.beginPlaced(body.start(), body.length());
        }
        writeHead(head, framingOfWhole(head), body.length(), persistence, identified, output);
        if (isInPlace) {
            output.endPlaced();
        } else if (hasBody) {
            output.write(body.array(), body.start(), body.length());
        }
    }

    private static ResponseFraming framingOfWhole(ResponseHead head) {
        return head.status().forbidsBody() ? ResponseFraming.NONE : ResponseFraming.LENGTH;
    }

    /**
     * Writes the head of a response whose body follows, or would follow if the request weren't HEAD.
     *
     * @param identified the request whose id is said; null for none
     */
    static void writeHead(
            ResponseHead head,
            ResponseFraming framing,
            long length,
            Persistence persistence,
            Http1Request identified,
            Output output) {
        writeStart(head, persistence, identified, output);
        if (framing == ResponseFraming.LENGTH) {
            writeLength(length, output);
        } else if (framing == ResponseFraming.CHUNKED) {
            output.write(CHUNKED);
        }
        output.write(CRLF);
    }

    /**
     * Writes the head up to its framing, with Date and the request's id. An {@code Upgrade} that offers another
     * protocol, as in a 426, needs {@code Connection: Upgrade} (RFC 9110, section 7.8); a response that hands the
     * connection over has that anyway.
     */
    private static void writeStart(ResponseHead head, Persistence persistence, Http1Request identified, Output output) {
        head.writeTo(output);
        if (!head.isDated()) {
            output.write(DateField.now());
        }
        if (identified != null && !head.isIdentified()) {
            output.write(REQUEST_ID);
            identified.writeId(output);
            output.write(CRLF);
        }
        if (head.offersProtocol() && persistence != Persistence.HANDED_OVER) {
            output.write(UPGRADE);
        }
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

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
