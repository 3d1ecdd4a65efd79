package dev.bistro.http1;

import dev.bistro.http.Status;
import java.util.Arrays;

/**
 * Cuts a request head into its parts. Knows the grammar and the limits on size, and no other rules.
 *
 * <pre>
 * HTTP-message = request-line CRLF *( field-line CRLF ) CRLF          RFC 9112, section 2.1
 * request-line = method SP request-target SP HTTP-version             RFC 9112, section 3
 * field-line   = field-name ":" OWS field-value OWS                   RFC 9112, section 5
 * </pre>
 *
 * <p>Incremental: goes on where it stopped when more bytes have come, wherever they were split. All positions are
 * relative to the head's first byte, since the bytes may have moved in the meantime. What is not in the grammar is
 * rejected: a bare CR or LF, white space before the colon, folded lines. The one leniency: {@link #MAX_EMPTY_LINES}
 * before the request line.
 */
final class RequestParser {
    /** A server should ignore at least one empty line before the request line (RFC 9112, section 2.2). */
    private static final int MAX_EMPTY_LINES = 4;

    /** Longer than any registered method; 501 above it (RFC 9112, section 3). */
    private static final int MAX_METHOD_BYTES = 32;

    private static final String VERSION = "HTTP/0.0\r"; // each 0 for any digit
    private static final int VERSION_LENGTH = "HTTP/1.1".length();

    private enum State {
        BEFORE_REQUEST_LINE,
        EMPTY_LINE_LF,
        METHOD,
        TARGET,
        VERSION,
        REQUEST_LINE_LF,
        FIELD_LINE,
        FIELD_NAME,
        SPACE_BEFORE_VALUE,
        FIELD_VALUE,
        FIELD_LINE_LF,
        LAST_LF,
        DONE
    }

    private final Http1Settings limits;

    private State state;
    private int at; // the next byte to be parsed
    private int mark; // where the present part begins
    private int emptyLines;
    private int start; // of the request line, behind empty lines
    private int methodEnd;
    private int targetEnd;
    private int fields;
    private int[] positions = new int[4 * 16]; // for each field: name, name's end, value, value's end
    private KnownHead known; // the one before; null if there is none, or it isn't kept
    private boolean hasKnownFields;

    RequestParser(Http1Settings limits) {
        this.limits = limits;
        reset();
    }

    /** Begins a new head. */
    void reset() {
        state = State.BEFORE_REQUEST_LINE;
        at = 0;
        emptyLines = 0;
        fields = 0;
        hasKnownFields = false;
    }

    /** The length of a complete head; of an incomplete one, how much of it was parsed. */
    int length() {
        return at;
    }

    /**
     * Parses on.
     *
     * @param bytes the array that holds the head
     * @param from where the head's first byte is in it, also if that was parsed before
     * @param limit where the bytes end
     * @return whether the head is complete
     */
    boolean parse(byte[] bytes, int from, int limit) throws Rejection {
        int end = Math.min(limit - from, limits.maxHeadBytes());
        while (at < end && state != State.DONE) {
            switch (state) {
                case BEFORE_REQUEST_LINE -> beforeRequestLine(bytes[from + at]);
                case EMPTY_LINE_LF -> lineFeed(bytes[from + at], State.BEFORE_REQUEST_LINE);
                case METHOD -> method(bytes, from, end);
                case TARGET -> target(bytes, from, end);
                case VERSION -> versionAndFields(bytes, from, end);
                case REQUEST_LINE_LF, FIELD_LINE_LF -> lineFeed(bytes[from + at], State.FIELD_LINE);
                case FIELD_LINE -> fieldLine(bytes[from + at]);
                case FIELD_NAME -> fieldName(bytes, from, end);
                case SPACE_BEFORE_VALUE -> spaceBeforeValue(bytes, from, end);
                case FIELD_VALUE -> fieldValue(bytes, from, end);
                case LAST_LF -> lineFeed(bytes[from + at], State.DONE);
                case DONE -> throw new IllegalStateException();
            }
        }
        if (state != State.DONE && at >= limits.maxHeadBytes()) {
            throw new Rejection(
                    Status.REQUEST_HEADER_FIELDS_TOO_LARGE,
                    "The request's head is longer than " + limits.maxHeadBytes() + " bytes.");
        }
        return state == State.DONE;
    }

    /** The parts of a complete head, with a copy of its bytes; the one before, if that is the same. */
    RequestHead head(byte[] bytes, int from) {
        if (hasKnownFields && known.isFor(bytes, from + start, from + targetEnd + 1)) {
            return known.head();
        }
        byte[] line = Arrays.copyOfRange(bytes, from + start, from + targetEnd + 1);
        KnownHead read = hasKnownFields
                ? new KnownHead(head(line, known.head().fields()), line, known.fields(), known.from())
                : read(line, Arrays.copyOfRange(bytes, from, from + at));
        known = at > KnownHead.MAX_BYTES ? null : read;
        return read.head();
    }

    private KnownHead read(byte[] line, byte[] copy) {
        var lines = new FieldLines(copy, Arrays.copyOf(positions, 4 * fields));
        var headFields = new HeadFields(lines, copy[targetEnd + VERSION_LENGTH] - '0');
        return new KnownHead(head(line, headFields), line, copy, targetEnd + 1);
    }

    private RequestHead head(byte[] line, HeadFields headFields) {
        return new RequestHead(line, methodEnd - start, headFields);
    }

    private void beforeRequestLine(byte b) throws Rejection {
        if (b == '\r') {
            if (++emptyLines > MAX_EMPTY_LINES) {
                throw Rejection.badRequest("Empty lines where a request line should be.");
            }
            at++;
            state = State.EMPTY_LINE_LF;
        } else {
            start = at;
            state = State.METHOD;
        }
    }

    private void lineFeed(byte b, State next) throws Rejection {
        if (b != '\n') {
            throw Rejection.badRequest("A CR without its LF.");
        }
        at++;
        state = next;
    }

    private void method(byte[] bytes, int from, int end) throws Rejection {
        int bound = start + MAX_METHOD_BYTES + 1;
        int i = skip(Characters.TOKEN, bytes, from, Math.min(end, bound));
        if (i == bound) {
            throw new Rejection(Status.NOT_IMPLEMENTED, "No method is that long.");
        }
        if (i < end) {
            if (bytes[from + i] != ' ' || i == start) {
                throw Rejection.badRequest("The request line doesn't begin with a method and a space.");
            }
            methodEnd = i;
            next(State.TARGET, i + 1);
        }
    }

    private void target(byte[] bytes, int from, int end) throws Rejection {
        int bound = mark + limits.maxTargetBytes() + 1;
        int i = skip(Characters.TARGET, bytes, from, Math.min(end, bound));
        if (i == bound) {
            throw new Rejection(
                    Status.URI_TOO_LONG, "The request target is longer than " + limits.maxTargetBytes() + " bytes.");
        }
        if (i < end) {
            if (bytes[from + i] != ' ' || i == mark) {
                throw Rejection.badRequest("The request target is missing, or has a character that it may not have.");
            }
            targetEnd = i;
            next(State.VERSION, i + 1);
        }
    }

    /** What is the same as in the head before, which kept to the limits, isn't parsed again. */
    private void versionAndFields(byte[] bytes, int from, int end) throws Rejection {
        if (at == mark && known != null && known.hasFieldsAt(bytes, from + at, from + end)) {
            hasKnownFields = true;
            next(State.DONE, at + known.fieldBytes());
        } else {
            version(bytes, from, end);
        }
    }

    /** {@code HTTP/1.0} or {@code HTTP/1.1}; a higher minor version is read as 1.1 (RFC 9110, section 2.5). */
    private void version(byte[] bytes, int from, int end) throws Rejection {
        while (at < end && at - mark <= VERSION_LENGTH) {
            byte b = bytes[from + at];
            char wanted = VERSION.charAt(at - mark);
            if (wanted == '0' ? !isDigit(b) : b != wanted) {
                throw Rejection.badRequest("The request line doesn't end in a space, an HTTP version, CR and LF.");
            }
            at++;
        }
        if (at - mark <= VERSION_LENGTH) {
            return;
        }
        if (bytes[from + mark + "HTTP/".length()] != '1') {
            throw new Rejection(Status.HTTP_VERSION_NOT_SUPPORTED, "This server speaks HTTP/1.1.");
        }
        next(State.REQUEST_LINE_LF, at);
    }

    private void fieldLine(byte b) throws Rejection {
        if (b == '\r') {
            at++;
            state = State.LAST_LF;
        } else if (fields == limits.maxFields()) {
            throw new Rejection(
                    Status.REQUEST_HEADER_FIELDS_TOO_LARGE,
                    "The request has more than " + limits.maxFields() + " header fields.");
        } else {
            if (4 * fields == positions.length) {
                positions = Arrays.copyOf(positions, 2 * positions.length);
            }
            positions[4 * fields] = at;
            next(State.FIELD_NAME, at);
        }
    }

    private void fieldName(byte[] bytes, int from, int end) throws Rejection {
        int bound = fieldBound();
        int i = skip(Characters.TOKEN, bytes, from, Math.min(end, bound));
        checkFieldLength(i, bound);
        if (i < end) {
            if (bytes[from + i] != ':' || i == mark) {
                throw Rejection.badRequest("A header field doesn't begin with a name and a colon.");
            }
            positions[4 * fields + 1] = i;
            next(State.SPACE_BEFORE_VALUE, i + 1);
        }
    }

    private void spaceBeforeValue(byte[] bytes, int from, int end) throws Rejection {
        int bound = fieldBound();
        int i = at;
        while (i < Math.min(end, bound) && isSpace(bytes[from + i])) {
            i++;
        }
        at = i;
        checkFieldLength(i, bound);
        if (i < end) {
            next(State.FIELD_VALUE, i);
        }
    }

    private void fieldValue(byte[] bytes, int from, int end) throws Rejection {
        int bound = fieldBound();
        int i = skip(Characters.FIELD_VALUE, bytes, from, Math.min(end, bound));
        checkFieldLength(i, bound);
        if (i < end) {
            if (bytes[from + i] != '\r') {
                throw Rejection.badRequest("A header field has a character that it may not have.");
            }
            endField(bytes, from, i);
            next(State.FIELD_LINE_LF, i + 1);
        }
    }

    private void endField(byte[] bytes, int from, int end) {
        int valueEnd = end;
        while (valueEnd > mark && isSpace(bytes[from + valueEnd - 1])) {
            valueEnd--;
        }
        positions[4 * fields + 2] = mark;
        positions[4 * fields + 3] = valueEnd;
        fields++;
    }

    /** The position at which the present field is too long. */
    private int fieldBound() {
        return positions[4 * fields] + limits.maxFieldLineBytes() + 1;
    }

    private void checkFieldLength(int position, int bound) throws Rejection {
        if (position == bound) {
            throw new Rejection(
                    Status.REQUEST_HEADER_FIELDS_TOO_LARGE,
                    "A header field is longer than " + limits.maxFieldLineBytes() + " bytes.");
        }
    }

    /** Skips the characters of a class; returns the position of the first other one, or {@code end}. */
    private int skip(boolean[] characters, byte[] bytes, int from, int end) {
        int i = from + at;
        int stop = from + end;
        while (i < stop && characters[bytes[i] & 0xFF]) {
            i++;
        }
        at = i - from;
        return at;
    }

    private void next(State next, int position) {
        state = next;
        at = position;
        mark = position;
    }

    private static boolean isSpace(byte b) {
        return b == ' ' || b == '\t';
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }
}
