package dev.bistro.http1;

import dev.bistro.net.Input;
import java.util.regex.Pattern;

/**
 * A body that comes in chunks. Trailer fields and chunk extensions are limited in size, checked, and thrown away.
 *
 * <pre>
 * chunked-body  = *chunk last-chunk trailer-section CRLF
 * chunk         = chunk-size [ chunk-ext ] CRLF chunk-data CRLF
 * chunk-size    = 1*HEXDIG                    last-chunk = 1*"0" [ chunk-ext ] CRLF
 * chunk-ext     = *( BWS ";" BWS chunk-ext-name [ BWS "=" BWS chunk-ext-val ] )
 * chunk-ext-val = token / quoted-string       chunk-ext-name = token
 * </pre>
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9112#section-7.1">RFC 9112, section 7.1</a>
 */
final class ChunkedBody implements RequestBody {
    private static final int MAX_SIZE_DIGITS = 15; // hexadecimal, so that no size overflows
    private static final int MAX_LINE_BYTES = 4 * 1024; // of one chunk's extensions
    private static final int MAX_TRAILER_BYTES = 16 * 1024;
    private static final int MAX_EXTENSION_BYTES = 16 * 1024; // in the whole body

    /** Matched as a whole: a reader that took a line end for a part of a quoted string would read another body. */
    private static final Pattern EXTENSIONS =
            Pattern.compile("(?s)(?:BWS;BWS TOKEN (?:BWS=BWS (?:TOKEN|\"[^\"\\\\]*+(?:\\\\.[^\"\\\\]*+)*+\"))?+)*+"
                    .replace(" ", "")
                    .replace("BWS", "[ \t]*+")
                    .replace("TOKEN", "[!#$%&'*+\\-.^_`|~0-9A-Za-z]++"));

    private enum State {
        SIZE,
        EXTENSION,
        SIZE_LF,
        DATA,
        DATA_CR,
        DATA_LF,
        TRAILER_LINE,
        TRAILER,
        TRAILER_LF,
        LAST_LF,
        DONE
    }

    private State state = State.SIZE;
    private long size;
    private int digits;
    private final StringBuilder extension = new StringBuilder(0);
    private int trailerBytes;
    private int extensionBytes;
    private boolean inTrailerName;
    private Rejection rejection;

    @Override
    public int read(Input input, byte[] array, int offset, int length) throws Rejection {
        if (rejection != null) {
            throw rejection; // nobody knows where the next chunk begins, so the body can't be read on
        }
        try {
            return readOn(input, array, offset, length);
        } catch (Rejection first) {
            rejection = first;
            throw first;
        }
    }

    private int readOn(Input input, byte[] array, int offset, int length) throws Rejection {
        byte[] bytes = input.array();
        int from = input.position();
        int to = offset;
        while (from < input.limit() && state != State.DONE) {
            if (state != State.DATA) {
                next(bytes[from++] & 0xFF);
                continue;
            }
            int count = (int) Math.min(size, Math.min(input.limit() - from, offset + length - to));
            if (count == 0) {
                break; // the array is full
            }
            System.arraycopy(bytes, from, array, to, count);
            from += count;
            to += count;
            size -= count;
            state = size == 0 ? State.DATA_CR : State.DATA;
        }
        input.position(from);
        return to - offset;
    }

    @Override
    public boolean isComplete() {
        return state == State.DONE;
    }

    private void next(int c) throws Rejection {
        switch (state) {
            case SIZE -> size(c);
            case EXTENSION -> extension(c);
            case SIZE_LF -> expect('\n', c, size == 0 ? State.TRAILER_LINE : State.DATA);
            case DATA_CR -> expect('\r', c, State.DATA_LF);
            case DATA_LF -> {
                expect('\n', c, State.SIZE);
                size = 0;
                digits = 0;
            }
            case TRAILER_LINE -> trailerLine(c);
            case TRAILER -> trailer(c);
            case TRAILER_LF -> expect('\n', c, State.TRAILER_LINE);
            case LAST_LF -> expect('\n', c, State.DONE);
            case DATA, DONE -> throw new IllegalStateException();
        }
    }

    private void size(int c) throws Rejection {
        int digit = Character.digit(c, 16);
        if (digit >= 0) {
            if (++digits > MAX_SIZE_DIGITS) {
                throw Rejection.badRequest("A chunk's size is out of all bounds.");
            }
            size = size << 4 | digit;
        } else if (digits > 0 && c == '\r') {
            state = State.SIZE_LF;
        } else if (digits > 0 && (c == ';' || c == ' ' || c == '\t')) {
            extension.setLength(0);
            state = State.EXTENSION;
            extension(c);
        } else {
            throw Rejection.badRequest("A chunk doesn't begin with its size in hexadecimal digits.");
        }
    }

    private void extension(int c) throws Rejection {
        if (c == '\r' && EXTENSIONS.matcher(extension).matches()) {
            state = State.SIZE_LF;
        } else if (!Characters.FIELD_VALUE[c]
                || extension.length() == MAX_LINE_BYTES
                || ++extensionBytes > MAX_EXTENSION_BYTES) {
            throw Rejection.badRequest("A chunk extension isn't valid, or too long.");
        } else {
            extension.append((char) c);
        }
    }

    private void trailerLine(int c) throws Rejection {
        if (c == '\r') {
            state = State.LAST_LF;
        } else if (Characters.TOKEN[c]) {
            inTrailerName = true;
            state = State.TRAILER;
            trailer(c);
        } else {
            throw badTrailer();
        }
    }

    private void trailer(int c) throws Rejection {
        if (++trailerBytes > MAX_TRAILER_BYTES) {
            throw badTrailer();
        }
        if (inTrailerName && c == ':') {
            inTrailerName = false;
        } else if (!inTrailerName && c == '\r') {
            state = State.TRAILER_LF;
        } else if (!(inTrailerName ? Characters.TOKEN : Characters.FIELD_VALUE)[c]) {
            throw badTrailer();
        }
    }

    private static Rejection badTrailer() {
        return Rejection.badRequest("A trailer field isn't valid, or the trailer is too long.");
    }

    private void expect(char wanted, int c, State next) throws Rejection {
        if (c != wanted) {
            throw Rejection.badRequest("A chunk doesn't end where its size says, in CR and LF.");
        }
        state = next;
    }
}
