package dev.bistro.binding;

import dev.bistro.http.Converter;
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
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Map;

/** Converts times from ISO 8601, as the types of {@code java.time} write them. */
final class TimeConversions {
    /** All of them, by their types; made when the first of them is asked for. */
    static final Map<Class<?>, Conversion> ALL = Map.ofEntries(
            row(Instant.class, "a point in time such as 2026-11-24T10:15:30Z", Instant::parse),
            row(LocalDate.class, "a date such as 2026-11-24", LocalDate::parse),
            row(LocalTime.class, "a time such as 10:15:30", LocalTime::parse),
            row(LocalDateTime.class, "a date and time such as 2026-11-24T10:15:30", LocalDateTime::parse),
            row(OffsetTime.class, "a time such as 10:15:30+01:00", OffsetTime::parse),
            row(OffsetDateTime.class, "a date and time such as 2026-11-24T10:15:30+01:00", OffsetDateTime::parse),
            row(
                    ZonedDateTime.class,
                    "a date and time such as 2026-11-24T10:15:30+01:00[Europe/Zurich]",
                    ZonedDateTime::parse),
            row(Duration.class, "a duration such as PT1H30M", Duration::parse),
            row(Period.class, "a period such as P1Y2M3D", Period::parse),
            row(Year.class, "a year such as 2026", Year::parse),
            row(YearMonth.class, "a month such as 2026-11", YearMonth::parse),
            row(MonthDay.class, "a day such as --11-24", MonthDay::parse),
            row(ZoneId.class, "a time zone such as Europe/Zurich", ZoneId::of),
            row(ZoneOffset.class, "an offset such as +01:00", ZoneOffset::of));

    private TimeConversions() {}

    private static <T> Map.Entry<Class<?>, Conversion> row(Class<T> type, String expected, Converter<T> parse) {
        return Map.entry(type, Conversion.builtIn(expected, parse));
    }
}
