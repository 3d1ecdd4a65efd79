package dev.bistro.openapi.schema;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.bistro.annotation.DefaultValue;
import dev.bistro.annotation.Label;
import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.annotation.JsonSerialize;
import tools.jackson.databind.ser.std.StdScalarSerializer;

/** Types of which {@link SchemasTest} makes schemas. */
final class SchemaTypes {
    private SchemaTypes() {}

    enum Stock {
        @Label("in-stock")
        IN_STOCK,
        @Label("sold-out")
        SOLD_OUT
    }

    enum Color {
        RED,
        GREEN
    }

    enum Level {
        LOW(1),
        HIGH(2);

        private final int number;

        Level(int number) {
            this.number = number;
        }

        @JsonValue
        int number() {
            return number;
        }
    }

    enum Named {
        @JsonProperty("first")
        ONE,
        TWO
    }

    record Item(long id, String name, BigDecimal price) {}

    record Maybe(Optional<String> note, OptionalInt count, Optional<Item> item) {}

    record Defaults(
            @DefaultValue("1") int page,
            @DefaultValue("name") String sort,
            @DefaultValue("RED") Color color) {}

    record Nested(Item item, List<Item> items, Map<String, Item> byName) {}

    record Tree(String name, List<Tree> children) {}

    record Page<T>(List<T> items, int total) {}

    record Pair<A, B>(A first, B second) {}

    record PageOfItems(Page<Item> page) {}

    record Renamed(
            @JsonProperty("unit-price") BigDecimal unitPrice,
            @JsonIgnore Optional<String> secret) {}

    record Sparse(
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> tags, String name) {}

    record SparseOptional(
            @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<String> note) {}

    record Formatted(
            @JsonFormat(pattern = "dd.MM.yyyy") LocalDate day,
            @JsonFormat(shape = JsonFormat.Shape.STRING) int number,
            @JsonFormat(shape = JsonFormat.Shape.NUMBER) Color color) {}

    record Whole(@JsonUnwrapped Part part, int size) {}

    record Prefixed(@JsonUnwrapped(prefix = "part-") Part part) {}

    record Part(String label, Optional<String> more) {}

    record Partial(@JsonIgnoreProperties("price") Item item) {}

    record Sku(@JsonValue String text) {
        @JsonCreator
        Sku {
            if (text.isEmpty()) {
                throw new IllegalArgumentException("empty");
            }
        }
    }

    record Amount(@JsonValue BigDecimal value) {
        @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
        Amount {}
    }

    static final class Bean {
        private String name = "none";
        private int size;

        public String getName() {
            return name;
        }

        public void setName(String name) {
            this.name = name;
        }

        public int getSize() {
            return size;
        }

        public void setSize(int size) {
            this.size = size;
        }
    }

    static final class Open {
        private final Map<String, Integer> more = new LinkedHashMap<>();

        @JsonAnyGetter
        public Map<String, Integer> more() {
            return more;
        }

        @JsonAnySetter
        public void put(String name, int value) {
            more.put(name, value);
        }
    }

    static final class ReadOnly {
        @JsonProperty(access = JsonProperty.Access.READ_ONLY)
        public long id = 7;

        public String name = "Tea";
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME)
    sealed interface Shape permits Circle, Square {}

    @JsonTypeName("circle")
    record Circle(double radius) implements Shape {}

    @JsonTypeName("square")
    record Square(double side, @DefaultValue("false") boolean filled) implements Shape {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Cat.class, name = "cat"),
        @JsonSubTypes.Type(value = Dog.class, name = "dog")
    })
    interface Animal {}

    record Cat(String name, Optional<Animal> friend) implements Animal {}

    record Dog(String name) implements Animal {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, include = JsonTypeInfo.As.WRAPPER_OBJECT)
    sealed interface Wrapped permits Left, Right {}

    @JsonTypeName("left")
    record Left(int l) implements Wrapped {}

    @JsonTypeName("right")
    record Right(int r) implements Wrapped {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.DEDUCTION)
    sealed interface Deduced permits ByName, ById {}

    record ByName(String name) implements Deduced {}

    record ById(long id) implements Deduced {}

    @JsonTypeInfo(
            use = JsonTypeInfo.Id.NAME,
            include = JsonTypeInfo.As.EXISTING_PROPERTY,
            property = "type",
            visible = true)
    sealed interface Existing permits Known {}

    @JsonTypeName("known")
    record Known(String type, int value) implements Existing {}

    sealed interface Outcome permits Found, Missing {}

    record Found(Item item) implements Outcome {}

    record Missing(String reason) implements Outcome {}

    record Zoo(List<Animal> animals, Map<String, Shape> shapes) {}

    record Constrained(
            @NotBlank @Size(max = 80) String name,
            @Min(1) @Max(99) int count,
            @DecimalMin(value = "0.5", inclusive = false) BigDecimal price,
            @Email String mail,
            @Pattern(regexp = "[a-z]{2}") String language,
            @Pattern(regexp = "(?i)[a-z]++") String notPortable,
            @NotEmpty List<@NotBlank String> tags,
            @Size(min = 1, max = 3) Map<String, @Positive Integer> stock,
            @Valid Item item,
            Optional<@Size(max = 5) String> note) {}

    @JsonSerialize(using = Celsius.Writing.class)
    record Celsius(double degrees) {
        static final class Writing extends StdScalarSerializer<Celsius> {
            Writing() {
                super(Celsius.class);
            }

            @Override
            public void serialize(Celsius value, JsonGenerator generator, SerializationContext context) {
                generator.writeNumber(value.degrees);
            }
        }
    }

    @Deprecated
    record Old(@Deprecated UUID id) {}

    record Blob(byte[] content, char[] letters, int[] numbers) {}
}
