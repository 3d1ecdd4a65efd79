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

    private static final ValueWriter WHOLE = (value, out) -> out.write(((Number) value).longValue());
    private static final ValueWriter TEXT = (value, out) -> out.write(value.toString());

    private static final Map<Class<?>, ValueWriter> BY_CLASS = Map.ofEntries(
            Map.entry(String.class, TEXT),
            Map.entry(Character.class, TEXT),
            Map.entry(UUID.class, TEXT),
            Map.entry(URI.class, TEXT),
            Map.entry(LocalDate.class, TEXT),
            Map.entry(Instant.class, TEXT),
            Map.entry(OffsetTime.class, TEXT),
            Map.entry(YearMonth.class, TEXT),
            Map.entry(MonthDay.class, TEXT),
            Map.entry(Duration.class, TEXT),
            Map.entry(Period.class, TEXT),
            Map.entry(Byte.class, WHOLE),
            Map.entry(Short.class, WHOLE),
            Map.entry(Integer.class, WHOLE),
            Map.entry(Long.class, WHOLE),
            Map.entry(Boolean.class, (value, out) -> out.write((boolean) value)),
            Map.entry(Double.class, (value, out) -> out.write((double) value)),
            Map.entry(Float.class, (value, out) -> out.write((float) value)),
            Map.entry(BigInteger.class, (value, out) -> out.ascii(value.toString())),
            Map.entry(BigDecimal.class, (value, out) -> writePlain((BigDecimal) value, out)),
            Map.entry(
                    LocalTime.class,
                    (value, out) -> out.write(DateTimeFormatter.ISO_LOCAL_TIME.format((LocalTime) value))),
            Map.entry(
                    LocalDateTime.class,
                    (value, out) -> out.write(DateTimeFormatter.ISO_LOCAL_DATE_TIME.format((LocalDateTime) value))),
            Map.entry(
                    OffsetDateTime.class,
                    (value, out) -> out.write(DateTimeFormatter.ISO_OFFSET_DATE_TIME.format((OffsetDateTime) value))),
            Map.entry(
                    ZonedDateTime.class,
                    (value, out) -> out.write(DateTimeFormatter.ISO_OFFSET_DATE_TIME.format((ZonedDateTime) value))),
            Map.entry(Year.class, (value, out) -> out.write((long) ((Year) value).getValue())),
            Map.entry(
                    byte[].class, (value, out) -> out.write(Base64.getEncoder().encodeToString((byte[]) value))),
            Map.entry(Optional.class, (value, out) -> out.write(((Optional<?>) value).orElse(null))),
            Map.entry(OptionalInt.class, (value, out) -> writeOptional((OptionalInt) value, out)),
            Map.entry(OptionalLong.class, (value, out) -> writeOptional((OptionalLong) value, out)),
            Map.entry(OptionalDouble.class, (value, out) -> writeOptional((OptionalDouble) value, out)),
            Map.entry(ProblemDetail.class, (value, out) -> writeMap(((ProblemDetail) value).members(), out)));

    private static final byte[] OBJECT = JsonOutput.bytes("{");

    private StandardValues() {}

    /** The writer of the values of a class of the JDK; empty if it isn't one that is known. */
    static Optional<ValueWriter> of(Class<?> type) {
        if (BY_CLASS.containsKey(type)) {
            return Optional.of(BY_CLASS.get(type));
        }
        if (Collection.class.isAssignableFrom(type)) {
            return Optional.of((value, out) -> writeArray((Collection<?>) value, out));
        }
        if (Map.class.isAssignableFrom(type)) {
            return Optional.of((value, out) -> writeMap((Map<?, ?>) value, out));
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
