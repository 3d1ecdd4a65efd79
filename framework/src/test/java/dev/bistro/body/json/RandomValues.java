package dev.bistro.body.json;

import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/** Makes values of any type by chance: with nulls and without them, odd ones among them or not. */
final class RandomValues {
    private static final String ODD =
            "\u0000\u0007\b\t\n\f\r\u001f \"\\/\u007f\u0080é߿ࠀ€\u2028\ud800\udc00\udbff\udfff\uffff";

    private final Random random;
    private final boolean hasNulls;
    private final boolean isPlain;

    /** Of this seed. */
    RandomValues(long seed, boolean hasNulls, boolean isPlain) {
        this.random = new Random(seed);
        this.hasNulls = hasNulls;
        this.isPlain = isPlain;
    }

    Object of(Type type) {
        return of(type, Map.of(), 0);
    }

    private Object of(Type type, Map<TypeVariable<?>, Type> bound, int depth) {
        if (type instanceof TypeVariable<?> variable) {
            return of(bound.getOrDefault(variable, String.class), bound, depth);
        }
        if (type instanceof WildcardType wildcard) {
            return of(wildcard.getUpperBounds()[0], bound, depth);
        }
        if (hasNulls && random.nextInt(20) == 0 && !(type instanceof Class<?> plain && plain.isPrimitive())) {
            return null;
        }
        if (type instanceof ParameterizedType parameterized) {
            return of(parameterized, bound, depth);
        }
        var raw = (Class<?>) type;
        if (raw.isEnum()) {
            return raw.getEnumConstants()[random.nextInt(raw.getEnumConstants().length)];
        }
        if (raw.isSealed()) {
            Class<?>[] permitted = raw.getPermittedSubclasses();
            return of(permitted[random.nextInt(permitted.length)], bound, depth);
        }
        return raw.isRecord() ? record(raw, bound, depth) : scalar(raw);
    }

    private Object of(ParameterizedType type, Map<TypeVariable<?>, Type> bound, int depth) {
        var raw = (Class<?>) type.getRawType();
        Type[] arguments = type.getActualTypeArguments();
        if (raw == Optional.class) {
            return Optional.ofNullable(random.nextInt(3) == 0 ? null : of(arguments[0], bound, depth));
        }
        int size = depth > 4 ? 0 : random.nextInt(4);
        if (Map.class.isAssignableFrom(raw)) {
            Map<Object, Object> map = random.nextBoolean() ? new LinkedHashMap<>() : new HashMap<>();
            for (int i = 0; i < size; i++) {
                Object key = of(arguments[0], bound, depth + 1);
                if (key != null) {
                    map.put(key, of(arguments[1], bound, depth + 1));
                }
            }
            return raw == SortedMap.class ? new TreeMap<>(map) : map;
        }
        if (Collection.class.isAssignableFrom(raw)) {
            var list = new ArrayList<Object>();
            for (int i = 0; i < size; i++) {
                list.add(of(arguments[0], bound, depth + 1));
            }
            if (raw == Set.class) {
                return new LinkedHashSet<>(list);
            }
            return list.contains(null)
                    ? Arrays.asList(list.toArray())
                    : random.nextBoolean() ? list : List.copyOf(list);
        }
        var inner = new HashMap<TypeVariable<?>, Type>();
        for (int i = 0; i < arguments.length; i++) {
            Type argument = arguments[i];
            inner.put(
                    raw.getTypeParameters()[i],
                    argument instanceof TypeVariable<?> variable
                            ? bound.getOrDefault(variable, String.class)
                            : argument);
        }
        return record(raw, inner, depth);
    }

    private Object record(Class<?> type, Map<TypeVariable<?>, Type> bound, int depth) {
        RecordComponent[] components = type.getRecordComponents();
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        Object[] values = Arrays.stream(components)
                .map(component -> depth > 8 && !component.getType().isPrimitive()
                        ? null
                        : of(component.getGenericType(), bound, depth + 1))
                .toArray();
        try {
            Constructor<?> constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor.newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(type.toString(), e);
        }
    }

    private Object scalar(Class<?> type) {
        long any = !isPlain && random.nextBoolean() ? random.nextLong() : random.nextInt(2_000_000) - 1_000_000;
        long second = Math.floorMod(any, 4_000_000_000L) - 2_000_000_000L;
        LocalDate date =
                LocalDate.ofEpochDay(!isPlain && random.nextInt(10) == 0 ? any % 100_000_000 : second / 100_000);
        LocalTime time = random.nextBoolean()
                ? LocalTime.ofSecondOfDay(random.nextInt(24) * 3600L)
                : LocalTime.ofNanoOfDay(Math.floorMod(any, 86_400_000_000_000L));
        ZoneOffset offset = ZoneOffset.ofTotalSeconds(random.nextInt(64_800) * (random.nextBoolean() ? 0 : 1));
        return switch (type.getSimpleName()) {
            case "boolean", "Boolean" -> random.nextBoolean();
            case "byte", "Byte" -> (byte) any;
            case "short", "Short" -> (short) any;
            case "int", "Integer" -> (int) any;
            case "long", "Long" -> any;
            case "char", "Character" -> text().concat("x").charAt(0);
            case "float", "Float" ->
                random.nextInt(20) == 0
                        ? Float.NaN
                        : random.nextBoolean() ? any / 100f : Float.intBitsToFloat((int) any);
            case "double", "Double" -> real(any);
            case "String" -> text();
            case "BigDecimal" -> BigDecimal.valueOf(any, random.nextInt(60) - 30);
            case "BigInteger" -> BigInteger.valueOf(any).pow(1 + random.nextInt(3));
            case "UUID" -> new UUID(any, random.nextLong());
            case "URI" -> URI.create("http://a/" + Long.toHexString(any) + (random.nextBoolean() ? "é" : ""));
            case "Instant" ->
                Instant.ofEpochSecond(second, !isPlain && random.nextInt(3) == 0 ? random.nextInt(1_000_000_000) : 0);
            case "LocalDate" -> date;
            case "LocalTime" -> time;
            case "LocalDateTime" -> date.atTime(time);
            case "OffsetDateTime" -> OffsetDateTime.of(date, time, offset);
            case "OffsetTime" -> OffsetTime.of(time, offset);
            case "ZonedDateTime" ->
                ZonedDateTime.of(date, time, random.nextBoolean() ? offset : ZoneId.of("Asia/Tokyo"));
            case "Duration" -> Duration.ofSeconds(second, random.nextInt(3) * 1000L);
            case "Period" -> Period.of((int) any % 100, (int) any % 12, (int) any % 31);
            case "Year" -> Year.of(date.getYear());
            case "YearMonth" -> YearMonth.from(date);
            case "MonthDay" -> MonthDay.from(date);
            case "OptionalInt" -> random.nextBoolean() ? OptionalInt.empty() : OptionalInt.of((int) any);
            case "OptionalLong" -> random.nextBoolean() ? OptionalLong.empty() : OptionalLong.of(any);
            case "OptionalDouble" -> random.nextBoolean() ? OptionalDouble.empty() : OptionalDouble.of(real(any));
            case "byte[]" -> text().getBytes(java.nio.charset.StandardCharsets.UTF_8);
            default -> throw new AssertionError(type.toString());
        };
    }

    private double real(long any) {
        if (isPlain) {
            return any / 1000.0 + 0.25;
        }
        return switch (random.nextInt(6)) {
            case 0 -> Double.longBitsToDouble(any);
            case 1 -> any / 100.0;
            case 2 -> any;
            case 3 -> any / 1_000_000.0;
            case 4 ->
                List.of(0.0, -0.0, Double.NaN, Double.NEGATIVE_INFINITY, 0.001, 9999999.999, 1e7)
                        .get(random.nextInt(7));
            default -> Math.floorMod(any, 10_000_000) / 1000.0;
        };
    }

    private String text() {
        if (isPlain) {
            return "Product \u00e9 " + random.nextInt(1000);
        }
        if (random.nextInt(5_000) == 0) {
            return text("é".repeat(65_530 + random.nextInt(12)));
        }
        if (random.nextInt(5_000) == 0) {
            return text("x".repeat(65_530 + random.nextInt(12)));
        }
        return random.nextBoolean() ? "Product " + random.nextInt(1000) : text("");
    }

    private String text(String start) {
        var text = new StringBuilder(start);
        for (int i = random.nextInt(12); i > 0; i--) {
            text.append(random.nextInt(3) == 0 ? ODD.charAt(random.nextInt(ODD.length())) : (char) ('a' + i));
        }
        return text.toString();
    }
}
