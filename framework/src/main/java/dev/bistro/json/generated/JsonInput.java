package dev.bistro.json.generated;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.UUID;

/**
 * Gives the JSON of one value to generated code, as most clients write it. Whatever is written in another way, is wrong
 * or isn't known is unusual: then Jackson reads all of it again, so that values and messages are always its own. So
 * nothing here is more tolerant than Jackson as Bistro sets it up.
 */
public final class JsonInput {
    private static final int MAX_DEPTH = 100;

    /** Jackson refuses names of more than 50,000 bytes or characters. */
    private static final int MAX_NAME_LENGTH = 10_000;

    private static final byte[] NULL = JsonOutput.bytes("null");
    private static final byte[] TRUE = JsonOutput.bytes("true");
    private static final byte[] FALSE = JsonOutput.bytes("false");

    /** Reads values of which generated code knows the class alone. */
    @FunctionalInterface
    public interface Values {
        /** Reads a value of a class. */
        Object read(Class<?> type, JsonInput in);
    }

    /** Says that Jackson has to read. */
    private static final class Unusual extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private static final Unusual JSON = new Unusual();

        Unusual() {
            super("Unusual JSON", null, false, false);
        }
    }

    private final Values values;
    private final JsonScanner scanner;
    private int depth;

    /** At the beginning of a text. */
    public JsonInput(Values values, byte[] json) {
        this.values = values;
        this.scanner = new JsonScanner(json);
    }

    /** What is thrown where Jackson has to read. */
    public static RuntimeException unusual() {
        return Unusual.JSON;
    }

    /** Whether all texts were in ASCII so far; of others it isn't known whether they are well-formed UTF-8. */
    public boolean isAscii() {
        return scanner.isAscii();
    }

    /** Requires that nothing follows. */
    public void end() {
        scanner.requireEnd();
    }

    // ---- objects and arrays

    /** Enters an object. */
    public void openObject() {
        open('{');
    }

    /** Enters an array. */
    public void openArray() {
        open('[');
    }

    private void open(char bracket) {
        scanner.take(bracket);
        if (++depth > MAX_DEPTH) {
            throw unusual();
        }
    }

    /** Goes on to the next member, or leaves the object. */
    public boolean hasMember(boolean isFirst) {
        return goesOn(isFirst, '}');
    }

    /** Goes on to the next element, or leaves the array. */
    public boolean hasElement(boolean isFirst) {
        return goesOn(isFirst, ']');
    }

    private boolean goesOn(boolean isFirst, char end) {
        if (scanner.takes(end)) {
            depth--;
            return false;
        }
        if (!isFirst) {
            scanner.take(',');
        }
        return true;
    }

    /**
     * Reads the name of a member.
     *
     * @param names those that there are, in quotation marks
     * @param expected the index of the one that is looked for first
     * @return its index
     */
    public int member(byte[][] names, int expected) {
        if (expected < names.length && scanner.takes(names[expected])) {
            scanner.take(':');
            return expected;
        }
        for (int i = 0; i < names.length; i++) {
            if (scanner.takes(names[i])) {
                scanner.take(':');
                return i;
            }
        }
        throw unusual();
    }

    /** Reads the name of a member, which is any. */
    public String key() {
        String name = scanner.readString();
        if (name.length() > MAX_NAME_LENGTH) {
            throw unusual();
        }
        scanner.take(':');
        return name;
    }

    /**
     * Notes a member that was found.
     *
     * @param seen a bit for each one that was found before
     */
    public long note(long seen, int member) {
        long bit = 1L << member;
        if ((seen & bit) != 0) {
            throw unusual();
        }
        return seen | bit;
    }

    /** Requires members, a bit for each. */
    public void require(long wanted, long seen) {
        if ((wanted & ~seen) != 0) {
            throw unusual();
        }
    }

    /**
     * Looks at the text of the member that an object begins with, which is read again afterwards.
     *
     * @param name the member's, in quotation marks
     */
    public String firstText(byte[] name) {
        int start = scanner.position();
        scanner.take('{');
        if (!scanner.takes(name)) {
            throw unusual();
        }
        scanner.take(':');
        String text = scanner.readString();
        scanner.moveBack(start);
        return text;
    }

    /** Reads a text that is known, in quotation marks. */
    public void require(byte[] text) {
        if (!scanner.takes(text)) {
            throw unusual();
        }
    }

    // ---- values

    /** Reads null if it is next. */
    public boolean takesNull() {
        return scanner.takes(NULL);
    }

    /** Reads true or false. */
    public boolean readBoolean() {
        if (scanner.takes(TRUE)) {
            return true;
        }
        if (scanner.takes(FALSE)) {
            return false;
        }
        throw unusual();
    }

    /** Reads a whole number. */
    public byte readByte() {
        return (byte) readLong(Byte.MIN_VALUE, Byte.MAX_VALUE);
    }

    /** Reads a whole number. */
    public short readShort() {
        return (short) readLong(Short.MIN_VALUE, Short.MAX_VALUE);
    }

    /** Reads a whole number. */
    public int readInt() {
        return (int) readLong(Integer.MIN_VALUE, Integer.MAX_VALUE);
    }

    private long readLong(long min, long max) {
        long value = scanner.readLong();
        if (value < min || value > max) {
            throw unusual();
        }
        return value;
    }

    /** Reads a whole number. */
    public long readLong() {
        return scanner.readLong();
    }

    /** Reads a number. */
    public double readDouble() {
        return scanner.readDouble();
    }

    /** Reads a number with all of its digits. */
    public BigDecimal readDecimal() {
        return new BigDecimal(scanner.readNumber(true));
    }

    /** Reads a whole number of any size. */
    public BigInteger readInteger() {
        return new BigInteger(scanner.readNumber(false));
    }

    /** Reads a text. */
    public String readString() {
        return scanner.readString();
    }

    /** Reads a UUID. */
    public UUID readUuid() {
        return UUID.fromString(readText("xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx"));
    }

    /** Reads a date. */
    public LocalDate readDate() {
        return LocalDate.parse(readText("0000-00-00"));
    }

    /** Reads a time of the day. */
    public LocalTime readTime() {
        return LocalTime.parse(readText("00:00:00"));
    }

    /** Reads a date with a time of the day. */
    public LocalDateTime readDateTime() {
        return LocalDateTime.parse(readText("0000-00-00T00:00:00"));
    }

    /** Reads a moment in UTC. */
    public OffsetDateTime readOffsetDateTime() {
        return OffsetDateTime.parse(readText("0000-00-00T00:00:00Z"));
    }

    /** Reads a length of time. */
    public Duration readDuration() {
        return Duration.parse(scanner.readString());
    }

    /** Reads an address. */
    public URI readUri() {
        String text = scanner.readString();
        if (text.isEmpty()) {
            throw unusual();
        }
        return URI.create(text);
    }

    /** Reads a moment in UTC. */
    public Instant readInstant() {
        return Instant.parse(readText("0000-00-00T00:00:00Z"));
    }

    /** Reads a value by its class. */
    public <T> T read(Class<T> type) {
        return type.cast(values.read(type, this));
    }

    /** Reads a text of a form: {@code 0} is any digit, {@code x} is any hexadecimal one, and others are themselves. */
    private String readText(String form) {
        String text = scanner.readString();
        boolean fits = text.length() == form.length();
        for (int i = 0; fits && i < text.length(); i++) {
            char c = text.charAt(i);
            fits = switch (form.charAt(i)) {
                case '0' -> c >= '0' && c <= '9';
                case 'x' -> c < 128 && Character.digit(c, 16) >= 0;
                default -> c == form.charAt(i);
            };
        }
        if (!fits) {
            throw unusual();
        }
        return text;
    }
}
