package dev.bistro.json.generated;

import java.util.List;
import java.util.function.Function;

/**
 * The JSON of one type, as the annotation processor writes it at compile time: for a record {@code shop.Product} it is
 * the class {@code shop.Product$BistroJson}. Only generated classes extend it.
 *
 * @param <T> the type
 */
public abstract class GeneratedJson<T> {
    /** What follows the binary name of a type in the name of its generated class. */
    public static final String SUFFIX = "$BistroJson";

    private final String shape;
    private final List<Class<?>> parts;

    /**
     * For a type that is written by generated code.
     *
     * @param shape the names of the record's components, with commas between them, and perhaps the member by which it
     *     is told apart; if the class has others when the application starts, it was compiled again without the
     *     processor, and the code isn't used
     * @param parts the application's types that are in it, whose code is checked with its own
     */
    protected GeneratedJson(String shape, Class<?>... parts) {
        this.shape = shape;
        this.parts = List.of(parts);
    }

    /** What the code was written for: {@code id,name,price}, or {@code number;type=card}. */
    public final String shape() {
        return shape;
    }

    /** The application's types that are in it. */
    public final List<Class<?>> parts() {
        return parts;
    }

    /** Why there is no code for the type, for people; empty if there is. */
    public String obstacle() {
        return "";
    }

    /**
     * Writes a value.
     *
     * @param value may be null
     */
    public abstract void write(T value, JsonOutput out);

    /** Why no value of the type is read by generated code though it is written by it, for people; empty if it is. */
    public String readingObstacle() {
        return "";
    }

    /** Reads a value. An exception of any kind has Jackson read it. */
    public T read(JsonInput in) {
        throw JsonInput.unusual();
    }

    /**
     * Reads a value of a generic type.
     *
     * @param held reads values of what stands for each of the type's variables, in their order
     */
    public T read(JsonInput in, List<Function<JsonInput, Object>> held) {
        throw JsonInput.unusual();
    }
}
