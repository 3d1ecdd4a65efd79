package dev.bistro.testing;

import java.nio.charset.StandardCharsets;
import java.util.NoSuchElementException;

/**
 * A text that came from the server, most often JSON: the body of a {@link TestResponse}, or a {@link TestMessage} of a
 * stream or a WebSocket. The assertions can be chained: each returns the same object, or throws an
 * {@link AssertionError} that shows the whole exchange.
 *
 * @param <T> the class of this object
 */
public abstract class TestText<T extends TestText<T>> {
    TestText() {}

    @SuppressWarnings("unchecked") // T is the class of this object
    private T self() {
        return (T) this;
    }

    /** The text. */
    public abstract String text();

    /** How JSON is read and written. */
    abstract Json json();

    /** A failure that shows the exchange. */
    abstract AssertionError failure(String what);

    /** Fails if the text isn't declared as JSON. */
    void requireJson() {}

    T check(boolean condition, String message) {
        if (!condition) {
            throw failure(message);
        }
        return self();
    }

    /**
     * Reads the text as JSON: {@code json(Product.class)}.
     *
     * @throws AssertionError if the text isn't JSON, or doesn't fit the type
     */
    public <V> V json(Class<V> type) {
        try {
            return type.cast(json().read(text().getBytes(StandardCharsets.UTF_8), type));
        } catch (RuntimeException e) {
            String what = type == Object.class ? "not JSON" : "not a " + type.getSimpleName() + " in JSON";
            throw failure("What came is " + what + ": " + e.getMessage());
        }
    }

    /**
     * The value at a JSON pointer (RFC 6901): {@code json("/products/0/name")} is {@code "Tea"}. Objects are maps,
     * arrays are lists.
     *
     * @throws AssertionError if the text isn't JSON, or has nothing there
     */
    public Object json(String pointer) {
        try {
            return Json.at(json(Object.class), pointer);
        } catch (NoSuchElementException e) {
            throw failure("Nothing is at \"" + pointer + "\": " + e.getMessage());
        }
    }

    /** Asserts that the text is exactly this one. */
    public T assertText(String expected) {
        return check(text().equals(expected), "Expected the text\n" + expected + "\nbut was\n" + text());
    }

    /** Asserts that the text contains a part. */
    public T assertContains(String part) {
        return check(text().contains(part), "Expected a text with\n" + part);
    }

    /** Asserts that the text doesn't contain a part. */
    public T assertContainsNot(String part) {
        return check(!text().contains(part), "Expected a text without\n" + part);
    }

    /** Asserts that the text is JSON, and the same as this value in JSON: {@code assertJson(new Product(7, "Tea"))}. */
    public T assertJson(Object expected) {
        return assertJson("", expected);
    }

    /**
     * Asserts that the value at a JSON pointer is the same as this value in JSON:
     * {@code assertJson("/products/0", tea)}. Numbers are compared by value.
     */
    public T assertJson(String pointer, Object expected) {
        requireJson();
        Object actual = json(pointer);
        Object plain = json().plain(expected);
        String where = pointer.isEmpty() ? "" : " at \"" + pointer + '"';
        return check(
                Json.isSame(plain, actual), "Expected" + where + ": " + plain + "\n but was" + where + ": " + actual);
    }
}
