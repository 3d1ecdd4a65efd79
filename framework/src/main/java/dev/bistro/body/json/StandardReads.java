package dev.bistro.body.json;

import dev.bistro.json.generated.JsonInput;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.Set;
import java.util.UUID;

/** Reads values of the JDK's types where no generated code calls what reads them: in a list that is a body. */
final class StandardReads {
    private static final Set<Class<?>> TYPES = Set.of(
            String.class,
            Boolean.class,
            Byte.class,
            Short.class,
            Integer.class,
            Long.class,
            Double.class,
            BigDecimal.class,
            BigInteger.class,
            UUID.class,
            URI.class,
            LocalDate.class,
            LocalTime.class,
            LocalDateTime.class,
            OffsetDateTime.class,
            Instant.class,
            Duration.class);

    private StandardReads() {}

    static boolean has(Class<?> type) {
        return TYPES.contains(type);
    }

    /** Reads a value of one of the types. */
    static Object read(Class<?> type, JsonInput in) {
        return switch (type.getSimpleName()) {
            case "String" -> in.readString();
            case "Boolean" -> in.readBoolean();
            case "Byte" -> in.readByte();
            case "Short" -> in.readShort();
            case "Integer" -> in.readInt();
            case "Long" -> in.readLong();
            case "Double" -> in.readDouble();
            case "BigDecimal" -> in.readDecimal();
            case "BigInteger" -> in.readInteger();
            case "UUID" -> in.readUuid();
            case "URI" -> in.readUri();
            case "LocalDate" -> in.readDate();
            case "LocalTime" -> in.readTime();
            case "LocalDateTime" -> in.readDateTime();
            case "OffsetDateTime" -> in.readOffsetDateTime();
            case "Instant" -> in.readInstant();
            case "Duration" -> in.readDuration();
            default -> throw new IllegalArgumentException(type.getName());
        };
    }
}
