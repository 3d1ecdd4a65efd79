package dev.bistro.testing;

import java.nio.charset.StandardCharsets;
import java.util.NoSuchElementException;

/**
 * A text that came from the server, most often JSON: the body of a {@link TestResponse}, or a {@link TestMessage} of a stream or a WebSocket. Its assertions can be strung together:
 * each gives back the same object, or throws an {@link AssertionError} that shows the whole exchange.
 *
 * @param <T> what it is the text of
 */
public abstract class TestText<T extends TestText<T>> {
    TestText() {}

    @SuppressWarnings("unchecked") // T is the class of this object
    private T self() {
        return (T) this;
    }

    /** The text. */
    public abstract String text();

    /** A failure that shows the exchange. */
    abstract AssertionError failure(String what);

    /** Fails where JSON could not have been expected. */
    void requireJson() {}

    T check(boolean condition, String message) {
        if (!condition) {
            throw failure(message);
        }
        return self();
    }

    /**
     * What the text is in JSON: {@code json(Product.class)}.
     *
     * @throws AssertionError if it is none, or doesn't fit
     */
    public <V> V json(Class<V> type) {
        try {
            return type.cast(Json.read(text().getBytes(StandardCharsets.UTF_8), type));
        } catch (RuntimeException e) {
            String what = type == Object.class ? "not JSON" : "not a " + type.getSimpleName() + " in JSON";
            throw failure("What came is " + what + ": " + e.getMessage());
        }
    }

    /**
     * What is at a JSON pointer (RFC 6901): {@code json("/products/0/name")} is {@code "Tea"}. Objects are maps, arrays are lists.
     *
     * @throws AssertionError if the text is no JSON, or has nothing there
     */
    public Object json(String pointer) {
        try {
            return Json.at(json(Object.class), pointer);
        } catch (NoSuchElementException e) {
            throw failure("Nothing is at \"" + pointer + "\": " + e.getMessage());
        }
    }

    /** It is this text. */
    public T assertText(String expected) {
        return check(text().equals(expected), "Expected the text\n" + expected + "\nbut was\n" + text());
    }

    /** This is somewhere in it. */
    public T assertContains(String part) {
        return check(text().contains(part), "Expected a text with\n" + part);
    }

    /** This is nowhere in it. */
    public T assertContainsNot(String part) {
        return check(!text().contains(part), "Expected a text without\n" + part);
    }

    /** It is JSON and the same as the value would be: {@code assertJson(new Product(7, "Tea"))}. */
    public T assertJson(Object expected) {
        return assertJson("", expected);
    }

    /**
     * The value at a JSON pointer is this one, or what this one would be in JSON: {@code assertJson("/products/0", tea)}. Numbers count by their
     * value.
     */
    public T assertJson(String pointer, Object expected) {
        requireJson();
        Object actual = json(pointer);
        Object plain = Json.plain(expected);
        String where = pointer.isEmpty() ? "" : " at \"" + pointer + '"';
        return check(
                Json.isSame(plain, actual), "Expected" + where + ": " + plain + "\n but was" + where + ": " + actual);
    }
}
