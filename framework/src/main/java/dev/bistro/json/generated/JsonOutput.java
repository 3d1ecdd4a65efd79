package dev.bistro.json.generated;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Takes the JSON of one value from generated code, in UTF-8. What it gives is byte for byte what Jackson gives as
 * Bistro sets it up. It is used by one thread, for one value; what fails half way leaves nothing of use.
 */
public final class JsonOutput {
    /** As deep as Jackson writes arrays and objects in each other. */
    private static final int MAX_DEPTH = 500;

    private static final int MAX_ESCAPE = 6;
    private static final byte[] NULL = bytes("null");
    private static final byte[] TRUE = bytes("true");
    private static final byte[] FALSE = bytes("false");
    private static final byte[] HEX = bytes("0123456789ABCDEF");

    /** What stands behind the backslash of a short escape; 0 for others, 1 for what needs none. */
    private static final byte[] ESCAPES = new byte[128];

    static {
        Arrays.fill(ESCAPES, ' ', ESCAPES.length, (byte) 1);
        String escaped = "\"\\\b\f\n\r\t";
        for (int i = 0; i < escaped.length(); i++) {
            ESCAPES[escaped.charAt(i)] = (byte) "\"\\bfnrt".charAt(i);
        }
    }

    /** Writes values of which generated code knows no more than that they are objects. */
    public interface Values {
        /**
         * Writes a value by its class.
         *
         * @param value isn't null
         */
        void write(Object value, JsonOutput out);

        /** The name that a key of a map has in JSON. */
        String name(Object key);

        /** Throws an exception if a collection's class isn't written as an array of its elements. */
        void requirePlain(Class<?> collection);
    }

    private final Values values;
    private byte[] buffer;
    private int start; // of what was written, in the buffer
    private int length; // to the end of what was written
    private int depth;
    private Class<?> plain; // the class of collections that was checked last

    /**
     * An empty one.
     *
     * @param size how many bytes are likely needed
     */
    public JsonOutput(Values values, int size) {
        this.values = values;
        this.buffer = new byte[size];
    }

    /**
     * One that writes into an array as long as there is room, and into one of its own then.
     *
     * @param start where it begins
     */
    public JsonOutput(Values values, byte[] array, int start) {
        this.values = values;
        this.buffer = array;
        this.start = start;
        this.length = start;
    }

    /** The bytes of a text, for what is written each time. */
    public static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** All that was written. */
    public byte[] toByteArray() {
        return start == 0 && length == buffer.length ? buffer : Arrays.copyOfRange(buffer, start, length);
    }

    /** How much was written. */
    public int length() {
        return length - start;
    }

    /** Whether all that was written is in this array, so that there was room in it. */
    public boolean isIn(byte[] array) {
        return buffer == array;
    }

    // ---- arrays and objects

    /** Begins an object, with the brace and perhaps its first name. */
    public void open(byte[] start) {
        enter();
        raw(start);
    }

    /** Ends an object. */
    public void close() {
        depth--;
        put('}');
    }

    /** Begins the array of a collection's elements. */
    public void openArray(Object collection) {
        if (collection.getClass() != plain) {
            values.requirePlain(collection.getClass());
            plain = collection.getClass();
        }
        enter();
        put('[');
    }

    /** Goes on to an array's next element. */
    public void element() {
        if (buffer[length - 1] != '[') { // no value ends with a bracket that opens
            put(',');
        }
    }

    /** Ends an array. */
    public void closeArray() {
        depth--;
        put(']');
    }

    /** Goes on to the next member of an object, by the key of a map. */
    public void key(Object key) {
        if (buffer[length - 1] != '{') {
            put(',');
        }
        write(key instanceof String text ? text : values.name(key));
        put(':');
    }

    private void enter() {
        if (++depth > MAX_DEPTH) {
            throw new IllegalStateException("More than " + MAX_DEPTH + " arrays and objects in each other");
        }
    }

    // ---- values

    /** Writes bytes as they are. */
    public void raw(byte[] json) {
        reserve(json.length);
        System.arraycopy(json, 0, buffer, length, json.length);
        length += json.length;
    }

    /** Writes null. */
    public void writeNull() {
        raw(NULL);
    }

    /** Writes true or false. */
    public void write(boolean value) {
        raw(value ? TRUE : FALSE);
    }

    /** Writes a whole number. */
    public void write(long value) {
        reserve(Digits.MAX_LENGTH);
        length = Digits.write(value, buffer, length);
    }

    /** Writes a number as {@link Double#toString(double)} does, or {@code "NaN"} and the like as a text. */
    public void write(double value) {
        long thousandths = value >= 0.001 && value < 1e7 ? (long) (value * 1000 + 0.5) : 0;
        if (thousandths > 0 && thousandths / 1000.0 == value) { // 13 digits at most, so that no shorter ones fit
            reserve(Digits.MAX_LENGTH);
            length = Digits.writeThousandths(thousandths, buffer, length);
        } else if (Double.isFinite(value)) {
            ascii(Double.toString(value));
        } else {
            write(Double.toString(value));
        }
    }

    /** Writes a number as {@link Float#toString(float)} does, or {@code "NaN"} and the like as a text. */
    public void write(float value) {
        if (Float.isFinite(value)) {
            ascii(Float.toString(value));
        } else {
            write(Float.toString(value));
        }
    }

    /** Writes a character as a text. */
    public void write(char value) {
        write(String.valueOf(value));
    }

    /** Writes a text, or null. */
    public void write(String text) {
        if (text == null) {
            writeNull();
            return;
        }
        int size = text.length();
        reserve(Math.addExact(size, 2));
        byte[] to = buffer;
        int at = length;
        to[at++] = '"';
        int next = 0;
        for (; next < size; next++) {
            char c = text.charAt(next);
            if (c >= ESCAPES.length || ESCAPES[c] != 1) {
                break;
            }
            to[at++] = (byte) c;
        }
        length = at;
        if (next < size) {
            writeRest(text, next);
        }
        put('"');
    }

    /** Writes a value by its class, or null. */
    public void write(Object value) {
        if (value == null) {
            writeNull();
        } else if (value instanceof String text) {
            write(text);
        } else {
            values.write(value, this);
        }
    }

    /** Writes a text of ASCII as it is: a number. */
    public void ascii(String text) {
        int size = text.length();
        reserve(size);
        for (int i = 0; i < size; i++) {
            buffer[length + i] = (byte) text.charAt(i);
        }
        length += size;
    }

    // ---- texts with other characters than those that are written as they are

    private void writeRest(String text, int start) {
        for (int i = start; i < text.length(); i++) {
            reserve(MAX_ESCAPE);
            char c = text.charAt(i);
            if (c < ESCAPES.length) {
                writeAscii(c);
            } else if (c < 0x800) {
                buffer[length++] = (byte) (0xc0 | c >> 6);
                buffer[length++] = (byte) (0x80 | c & 0x3f);
            } else if (!Character.isSurrogate(c)) {
                buffer[length++] = (byte) (0xe0 | c >> 12);
                buffer[length++] = (byte) (0x80 | c >> 6 & 0x3f);
                buffer[length++] = (byte) (0x80 | c & 0x3f);
            } else if (Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                writeSupplementary(Character.toCodePoint(c, text.charAt(++i)));
            } else {
                writeUnit(c);
            }
        }
    }

    private void writeAscii(char c) {
        byte escape = ESCAPES[c];
        if (escape == 0) {
            writeUnit(c);
        } else if (escape == 1) {
            buffer[length++] = (byte) c;
        } else {
            buffer[length++] = '\\';
            buffer[length++] = escape;
        }
    }

    private void writeSupplementary(int point) {
        buffer[length++] = (byte) (0xf0 | point >> 18);
        buffer[length++] = (byte) (0x80 | point >> 12 & 0x3f);
        buffer[length++] = (byte) (0x80 | point >> 6 & 0x3f);
        buffer[length++] = (byte) (0x80 | point & 0x3f);
    }

    /** As an escape of six characters: a control character, or half of a surrogate pair. */
    private void writeUnit(char c) {
        buffer[length++] = '\\';
        buffer[length++] = 'u';
        for (int shift = 12; shift >= 0; shift -= 4) {
            buffer[length++] = HEX[c >> shift & 0xf];
        }
    }

    // ---- the buffer

    private void put(char c) {
        reserve(1);
        buffer[length++] = (byte) c;
    }

    private void reserve(int more) {
        if (buffer.length - length < more) {
            grow(more);
        }
    }

    private void grow(int more) {
        long size = length - start;
        long wanted = Math.max(size + more, Math.min(2 * size, Integer.MAX_VALUE - 8));
        if (more < 0 || wanted > Integer.MAX_VALUE - 8) {
            throw new OutOfMemoryError("A value is too large for an array of bytes");
        }
        byte[] larger = new byte[(int) wanted];
        System.arraycopy(buffer, start, larger, 0, (int) size);
        buffer = larger;
        length = (int) size;
        start = 0;
    }
}
