package dev.bistro.result;

import dev.bistro.annotation.Header;
import dev.bistro.body.Labels;
import dev.bistro.description.DescribedHeader;
import dev.bistro.http.Cookie;
import dev.bistro.http.EntityTag;
import dev.bistro.http.Headers;
import dev.bistro.http.HttpDate;
import dev.bistro.http.MediaType;
import dev.bistro.http.Tokens;
import dev.bistro.startup.Place;
import dev.bistro.startup.Problem;
import dev.bistro.startup.Problems;
import dev.bistro.types.TypeNames;
import dev.bistro.types.Types;
import java.lang.invoke.MethodType;
import java.lang.reflect.Array;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.IntStream;

/** A record's component with {@link Header}, which becomes a header field where the record is written as response. */
final class HeaderComponent {
    private final String name;
    private final ComponentAccessor component;

    private HeaderComponent(String name, ComponentAccessor component) {
        this.name = name;
        this.component = component;
    }

    /** Made for the first header of a record. */
    private static final class Texts {
        /** How values become text: by the first row whose class they are instances of. */
        static final Map<Class<?>, Function<Object, String>> ALL = texts();
    }

    private static Map<Class<?>, Function<Object, String>> texts() {
        var texts = new LinkedHashMap<Class<?>, Function<Object, String>>();
        texts.put(CharSequence.class, Object::toString);
        texts.put(BigDecimal.class, value -> ((BigDecimal) value).toPlainString());
        texts.put(Number.class, Object::toString);
        texts.put(Boolean.class, Object::toString);
        texts.put(Character.class, Object::toString);
        texts.put(Enum.class, value -> Labels.of((Enum<?>) value));
        texts.put(UUID.class, Object::toString);
        texts.put(URI.class, value -> ((URI) value).toASCIIString());
        texts.put(Locale.class, value -> ((Locale) value).toLanguageTag());
        texts.put(Duration.class, value -> Long.toString(((Duration) value).toSeconds()));
        texts.put(Instant.class, value -> HttpDate.format((Instant) value));
        texts.put(OffsetDateTime.class, value -> HttpDate.format(((OffsetDateTime) value).toInstant()));
        texts.put(ZonedDateTime.class, value -> HttpDate.format(((ZonedDateTime) value).toInstant()));
        texts.put(LocalDate.class, Object::toString);
        texts.put(MediaType.class, Object::toString);
        texts.put(EntityTag.class, Object::toString);
        texts.put(Cookie.class, Object::toString);
        return texts;
    }

    /** The field; one that holds several values, or perhaps one, may be missing. */
    DescribedHeader describe() {
        Class<?> raw = Types.raw(component.type());
        boolean isCertain = raw != Optional.class && !Collection.class.isAssignableFrom(raw) && !raw.isArray();
        return new DescribedHeader(name, component.type(), isCertain, Optional.empty());
    }

    /** Whether a component is a header field, and therefore not in the body. */
    static boolean is(RecordComponent component) {
        return component.isAnnotationPresent(Header.class) || component.isAnnotationPresent(Header.All.class);
    }

    /** Those of the components that are in the body. */
    static RecordComponent[] others(RecordComponent[] all) {
        var others = new ArrayList<RecordComponent>();
        for (RecordComponent component : all) {
            if (!is(component)) {
                others.add(component);
            }
        }
        return others.toArray(new RecordComponent[0]);
    }

    /** The header components of a record. A component with a fault becomes a problem and is left out. */
    static List<HeaderComponent> of(Class<?> type, Problems problems) {
        var headers = new ArrayList<HeaderComponent>();
        for (RecordComponent component : type.getRecordComponents()) {
            if (is(component)) {
                of(component, problems).ifPresent(headers::add);
            }
        }
        return headers;
    }

    private static Optional<HeaderComponent> of(RecordComponent component, Problems problems) {
        Header[] all = component.getAnnotationsByType(Header.class);
        Place place = Place.of(component);
        if (all.length > 1 || !all[0].value().isEmpty()) {
            problems.add(Problem.of("misused-header", "@Header on a component takes its value from the component.")
                    .at(place)
                    .cure("Write one @Header without a value: @Header " + TypeNames.of(component.getGenericType()) + " "
                            + component.getName() + "."));
            return Optional.empty();
        }
        String written = all[0].name();
        String name = written.isEmpty() ? Tokens.fieldName(component.getName()) : written;
        if (new ResponseAnnotationReader(problems).isReserved(place, name)) {
            return Optional.empty();
        }
        if (!Tokens.isToken(name)) {
            problems.add(Problem.of("invalid-header", "@Header(name = \"" + name + "\") can't be sent.")
                    .at(place)
                    .cure("The name of a header is a token: letters, digits and dashes."));
            return Optional.empty();
        }
        Class<?> value = element(component.getGenericType());
        if (Texts.ALL.keySet().stream().noneMatch(known -> known.isAssignableFrom(value))) {
            problems.add(Problem.of(
                            "no-header-value",
                            "A header can't be made of " + TypeNames.of(component.getGenericType()) + ".")
                    .at(place)
                    .cure("Make it a text, a number, an enum, a URI, a Duration or an Instant; "
                            + "or an Optional or List of such."));
            return Optional.empty();
        }
        return Optional.of(new HeaderComponent(name, ComponentAccessor.of(component)));
    }

    /** The class of one value: what an Optional, a collection or an array has, or the type itself. */
    private static Class<?> element(Type type) {
        Class<?> raw = Types.raw(type);
        if (raw == Optional.class || Collection.class.isAssignableFrom(raw)) {
            return Types.raw(Types.argument(type));
        }
        Class<?> one = raw.isArray() && raw != byte[].class ? raw.getComponentType() : raw;
        return MethodType.methodType(one).wrap().returnType();
    }

    /** Adds the record's value of this component, unless the response has the field already. */
    Headers addTo(Headers headers, Headers own, Object record) {
        if (own.contains(name)) {
            return headers;
        }
        Headers all = headers;
        for (Object value : values(component.read(record), record)) {
            all = all.plus(name, text(value));
        }
        return all;
    }

    private Collection<?> values(Object value, Object record) {
        if (value == null) {
            throw new IllegalStateException("The component for the header " + name + " of a "
                    + record.getClass().getSimpleName() + " is null; make it an Optional if there may be none");
        }
        if (value instanceof Optional<?> optional) {
            return optional.stream().toList();
        }
        if (value instanceof Collection<?> several) {
            return several;
        }
        return value.getClass().isArray()
                ? IntStream.range(0, Array.getLength(value))
                        .mapToObj(i -> Array.get(value, i))
                        .toList()
                : List.of(value);
    }

    private static String text(Object value) {
        return Texts.ALL.entrySet().stream()
                .filter(row -> row.getKey().isInstance(value))
                .map(row -> row.getValue().apply(value))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("Not the value of a header: " + value.getClass()));
    }
}
