package dev.bistro.body.json;

import dev.bistro.http.ProblemDetail;
import dev.bistro.json.generated.JsonOutput;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.Base64;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;

/** Writes values of the JDK's types as Jackson does. A table by the exact class, and what holds other values. */
final class StandardValues {
    /** Jackson refuses to write the zeros of larger ones. */
    private static final int MAX_SCALE = 9_999;

    /** Writes values of one class, which are never null. */
    @FunctionalInterface
    interface ValueWriter {
        void write(Object value, JsonOutput out);
    }

    private static final Map<Class<?>, ValueWriter> BY_CLASS = Map.ofEntries(
            Map.entry(String.class, Form.TEXT),
            Map.entry(Character.class, Form.TEXT),
            Map.entry(UUID.class, Form.TEXT),
            Map.entry(URI.class, Form.TEXT),
            Map.entry(LocalDate.class, Form.TEXT),
            Map.entry(Instant.class, Form.TEXT),
            Map.entry(OffsetTime.class, Form.TEXT),
            Map.entry(YearMonth.class, Form.TEXT),
            Map.entry(MonthDay.class, Form.TEXT),
            Map.entry(Duration.class, Form.TEXT),
            Map.entry(Period.class, Form.TEXT),
            Map.entry(Byte.class, Form.WHOLE),
            Map.entry(Short.class, Form.WHOLE),
            Map.entry(Integer.class, Form.WHOLE),
            Map.entry(Long.class, Form.WHOLE),
            Map.entry(Boolean.class, Form.BOOLEAN),
            Map.entry(Double.class, Form.DOUBLE),
            Map.entry(Float.class, Form.FLOAT),
            Map.entry(BigInteger.class, Form.BIG_INTEGER),
            Map.entry(BigDecimal.class, Form.DECIMAL),
            Map.entry(LocalTime.class, Form.LOCAL_TIME),
            Map.entry(LocalDateTime.class, Form.LOCAL_DATE_TIME),
            Map.entry(OffsetDateTime.class, Form.OFFSET_DATE_TIME),
            Map.entry(ZonedDateTime.class, Form.OFFSET_DATE_TIME),
            Map.entry(Year.class, Form.YEAR),
            Map.entry(byte[].class, Form.BASE64),
            Map.entry(Optional.class, Form.OPTIONAL),
            Map.entry(OptionalInt.class, Form.OPTIONAL_INT),
            Map.entry(OptionalLong.class, Form.OPTIONAL_LONG),
            Map.entry(OptionalDouble.class, Form.OPTIONAL_DOUBLE),
            Map.entry(ProblemDetail.class, Form.PROBLEM));

    /** How values are written. One class for all: a lambda for each row would be made at every start. */
    private enum Form implements ValueWriter {
        TEXT,
        WHOLE,
        BOOLEAN,
        DOUBLE,
        FLOAT,
        BIG_INTEGER,
        DECIMAL,
        LOCAL_TIME,
        LOCAL_DATE_TIME,
        OFFSET_DATE_TIME,
        YEAR,
        BASE64,
        OPTIONAL,
        OPTIONAL_INT,
        OPTIONAL_LONG,
        OPTIONAL_DOUBLE,
        PROBLEM,
        ARRAY,
        MAP;

        @Override
        public void write(Object value, JsonOutput out) {
            switch (this) {
                case TEXT -> out.write(value.toString());
                case WHOLE -> out.write(((Number) value).longValue());
                case BOOLEAN -> out.write((boolean) value);
                case DOUBLE -> out.write((double) value);
                case FLOAT -> out.write((float) value);
                case BIG_INTEGER -> out.ascii(value.toString());
                case DECIMAL -> writePlain((BigDecimal) value, out);
                case LOCAL_TIME -> write(DateTimeFormatter.ISO_LOCAL_TIME, value, out);
                case LOCAL_DATE_TIME -> write(DateTimeFormatter.ISO_LOCAL_DATE_TIME, value, out);
                case OFFSET_DATE_TIME -> write(DateTimeFormatter.ISO_OFFSET_DATE_TIME, value, out);
                case YEAR -> out.write((long) ((Year) value).getValue());
                case BASE64 -> out.write(Base64.getEncoder().encodeToString((byte[]) value));
                case OPTIONAL -> out.write(((Optional<?>) value).orElse(null));
                case OPTIONAL_INT -> writeOptional((OptionalInt) value, out);
                case OPTIONAL_LONG -> writeOptional((OptionalLong) value, out);
                case OPTIONAL_DOUBLE -> writeOptional((OptionalDouble) value, out);
                case PROBLEM -> writeMap(((ProblemDetail) value).members(), out);
                case ARRAY -> writeArray((Collection<?>) value, out);
                case MAP -> writeMap((Map<?, ?>) value, out);
            }
        }

        private static void write(DateTimeFormatter format, Object time, JsonOutput out) {
            out.write(format.format((TemporalAccessor) time));
        }
    }

    private static final byte[] OBJECT = JsonOutput.bytes("{");

    private StandardValues() {}

    /** The writer of the values of a class of the JDK; empty if it isn't one that is known. */
    static Optional<ValueWriter> of(Class<?> type) {
        if (BY_CLASS.containsKey(type)) {
            return Optional.of(BY_CLASS.get(type));
        }
        if (Collection.class.isAssignableFrom(type)) {
            return Optional.of(Form.ARRAY);
        }
        if (Map.class.isAssignableFrom(type)) {
            return Optional.of(Form.MAP);
        }
        return Optional.empty();
    }

    private static void writePlain(BigDecimal value, JsonOutput out) {
        if (Math.abs((long) value.scale()) > MAX_SCALE) {
            throw new IllegalArgumentException("A number with too many zeros: its scale is " + value.scale());
        }
        out.ascii(value.toPlainString());
    }

    private static void writeOptional(OptionalInt value, JsonOutput out) {
        if (value.isPresent()) {
            out.write((long) value.getAsInt());
        } else {
            out.writeNull();
        }
    }

    private static void writeOptional(OptionalLong value, JsonOutput out) {
        if (value.isPresent()) {
            out.write(value.getAsLong());
        } else {
            out.writeNull();
        }
    }

    private static void writeOptional(OptionalDouble value, JsonOutput out) {
        if (value.isPresent()) {
            out.write(value.getAsDouble());
        } else {
            out.writeNull();
        }
    }

    private static void writeArray(Collection<?> values, JsonOutput out) {
        out.openArray(values);
        for (Object value : values) {
            out.element();
            out.write(value);
        }
        out.closeArray();
    }

    private static void writeMap(Map<?, ?> map, JsonOutput out) {
        out.open(OBJECT);
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            out.key(entry.getKey());
            out.write(entry.getValue());
        }
        out.close();
    }
}
