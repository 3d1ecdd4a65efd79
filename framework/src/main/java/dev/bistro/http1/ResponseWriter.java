package dev.bistro.http1;

import dev.bistro.http.Headers;
import dev.bistro.http.Payload;
import dev.bistro.http.Response;
import dev.bistro.http.Status;
import dev.bistro.http1.ResponseStream.Framing;
import dev.bistro.net.Output;
import java.nio.charset.StandardCharsets;

/**
 * Writes responses. The framing is ours to say: a handler's own {@code Content-Length}, {@code Transfer-Encoding} and {@code Connection}
 * are not sent.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9112#section-4">RFC 9112, sections 4 to 6</a>
 */
final class ResponseWriter {
    private static final byte[][] STATUS_LINES = new byte[600][];
    private static final byte[] CONTINUE = ascii("HTTP/1.1 100 Continue\r\n\r\n");
    private static final byte[] CONTENT_LENGTH = ascii("Content-Length: ");
    private static final byte[] CHUNKED = ascii("Transfer-Encoding: chunked\r\n");
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

    /** What a response says of the connection. */
    enum Persistence {
        /** It stays open, as HTTP/1.1 has it. */
        OPEN,
        /** It stays open, which a client of HTTP/1.0 must be told. */
        KEPT_ALIVE,
        /** It is closed after this response. */
        CLOSED,
        /** It is another protocol's after this response. */
        HANDED_OVER
    }

    private ResponseWriter() {}

    static void writeContinue(Output output) {
        output.write(CONTINUE);
    }

    /** Writes a response whose body is all there. */
    static void write(Response<Payload> response, byte[] body, boolean toHead, Persistence persistence, Output output) {
        writeStart(response, persistence, output);
        if (!response.status().forbidsBody()) {
            writeLength(body.length, output);
        }
        output.write(CRLF);
        if (!toHead && !response.status().forbidsBody()) {
            output.write(body);
        }
    }

    /** Writes the head of a response whose body follows, or would follow if it weren't for HEAD. */
    static void writeHead(
            Response<Payload> response, Framing framing, long length, Persistence persistence, Output output) {
        writeStart(response, persistence, output);
        if (framing == Framing.LENGTH) {
            writeLength(length, output);
        } else if (framing == Framing.CHUNKED) {
            output.write(CHUNKED);
        }
        output.write(CRLF);
    }

    private static void writeStart(Response<Payload> response, Persistence persistence, Output output) {
        output.write(STATUS_LINES[response.status().code()]);
        boolean dated = writeHeaders(response.headers(), output);
        if (!dated) {
            output.write(DateField.now());
        }
        if (persistence != Persistence.HANDED_OVER && response.headers().contains("Upgrade")) {
            output.write(UPGRADE); // what is offered is for this connection only: RFC 9110, section 7.8
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

    /** Writes the handler's headers but for those that are ours; whether Date was among them. */
    private static boolean writeHeaders(Headers headers, Output output) {
        boolean dated = false;
        for (int i = 0; i < headers.size(); i++) {
            String name = headers.name(i);
            if (isOurs(name)) {
                continue;
            }
            dated |= name.equalsIgnoreCase("Date");
            output.writeLatin1(name);
            output.write(COLON);
            output.writeLatin1(headers.value(i));
            output.write(CRLF);
        }
        return dated;
    }

    private static boolean isOurs(String name) {
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
