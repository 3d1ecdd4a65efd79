package dev.bistro.http1;

import dev.bistro.http.Headers;
import dev.bistro.http.Status;
import dev.bistro.net.Output;
import java.nio.charset.StandardCharsets;

/**
 * The beginning of a response: the status line, and the header fields that the application and what is declared for all
 * answers have given it. Those that the transport decides ({@code Content-Length}, {@code Transfer-Encoding} and
 * {@code Connection}) aren't sent. Immutable.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9112#section-4">RFC 9112, section 4</a>
 */
final class ResponseHead {
    private static final byte[][] STATUS_LINES = new byte[600][];
    private static final byte[] CRLF = {'\r', '\n'};
    private static final byte[] COLON = {':', ' '};

    static {
        for (int code = 100; code < STATUS_LINES.length; code++) {
            STATUS_LINES[code] =
                    ("HTTP/1.1 " + code + " " + Status.of(code).reason() + "\r\n").getBytes(StandardCharsets.US_ASCII);
        }
    }

    private final Status status;
    private final Headers headers;
    private final byte[] encoded; // null if it is encoded when it is written
    private final boolean isDated;
    private final boolean isIdentified;
    private final boolean offersProtocol;

    /** Encoded when it is written. */
    ResponseHead(Status status, Headers headers) {
        this(status, headers, null);
    }

    private ResponseHead(Status status, Headers headers, byte[] encoded) {
        this.status = status;
        this.headers = headers;
        this.encoded = encoded;
        this.isDated = headers.contains("Date");
        this.isIdentified = headers.contains(RequestIds.FIELD);
        this.offersProtocol = headers.contains("Upgrade");
    }

    /** Encoded now, to be written many times. */
    static ResponseHead encoded(Status status, Headers headers) {
        var text = new StringBuilder(new String(STATUS_LINES[status.code()], StandardCharsets.US_ASCII));
        for (int i = 0; i < headers.size(); i++) {
            if (!isOfTransport(headers.name(i))) {
                text.append(headers.name(i))
                        .append(": ")
                        .append(headers.value(i))
                        .append("\r\n");
            }
        }
        return new ResponseHead(status, headers, text.toString().getBytes(StandardCharsets.ISO_8859_1));
    }

    Status status() {
        return status;
    }

    /** Whether it has a {@code Date}. */
    boolean isDated() {
        return isDated;
    }

    /** Whether it says the request's id. */
    boolean isIdentified() {
        return isIdentified;
    }

    /** Whether it offers another protocol by {@code Upgrade}, as a 426 does. */
    boolean offersProtocol() {
        return offersProtocol;
    }

    void writeTo(Output output) {
        if (encoded != null) {
            output.write(encoded);
            return;
        }
        output.write(STATUS_LINES[status.code()]);
        for (int i = 0; i < headers.size(); i++) {
            if (!isOfTransport(headers.name(i))) {
                output.writeLatin1(headers.name(i));
                output.write(COLON);
                output.writeLatin1(headers.value(i));
                output.write(CRLF);
            }
        }
    }

    private static boolean isOfTransport(String name) {
        return switch (name.length()) {
            case 10 -> name.equalsIgnoreCase("Connection");
            case 14 -> name.equalsIgnoreCase("Content-Length");
            case 17 -> name.equalsIgnoreCase("Transfer-Encoding");
            default -> false;
        };
    }
}
