package dev.bistro.testing;

import dev.bistro.http.Headers;
import dev.bistro.http.MediaType;
import dev.bistro.http.Status;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A response, with assertions that can be chained: each returns the response, or throws an {@link AssertionError} that
 * shows the whole exchange.
 *
 * <pre>{@code
 * client.post("/api/products").json(tea).send()
 *         .assertStatus(201)
 *         .assertHeader("Location", "/api/products/4")
 *         .assertJson("/price", 3.50);
 * }</pre>
 */
public final class TestResponse extends TestText<TestResponse> {
    private final RecordedExchange exchange;
    private final Status status;
    private final Headers headers;
    private final byte[] body;

    TestResponse(RecordedExchange exchange, Status status, Headers headers, byte[] body) {
        this.exchange = exchange;
        this.status = status;
        this.headers = headers;
        this.body = body;
    }

    // ---- what it is

    /** The status: {@link Status#OK}. */
    public Status status() {
        return status;
    }

    /** The header fields. */
    public Headers headers() {
        return headers;
    }

    /** The value of the first header field of this name. */
    public Optional<String> header(String name) {
        return headers.first(name);
    }

    /** The body's bytes. */
    public byte[] bytes() {
        return body.clone();
    }

    /** The body as text in UTF-8. */
    @Override
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    // ---- what it should be

    /** Asserts the status: {@code assertStatus(201)}. */
    public TestResponse assertStatus(int expected) {
        return check(status.code() == expected, "Expected the status " + expected + ", but was " + status);
    }

    /** Asserts that there is one header field of this name, with this value: {@code assertHeader("Location", "/7")}. */
    public TestResponse assertHeader(String name, String expected) {
        List<String> values = headers.all(name);
        return check(
                values.equals(List.of(expected)),
                "Expected the header " + name + ": " + expected + ", but was " + shown(values));
    }

    private static String shown(List<String> values) {
        return values.isEmpty() ? "none" : String.join(", ", values);
    }

    /**
     * Asserts that the list-valued header of this name has this element, without regard to case:
     * {@code assertHeaderHas("Vary", "Accept")}.
     */
    public TestResponse assertHeaderHas(String name, String element) {
        return check(
                headers.elements(name).stream().anyMatch(element::equalsIgnoreCase),
                "Expected " + element + " in the header " + name + ", but was " + shown(headers.elements(name)));
    }

    /** Asserts that there is no header field of this name. */
    public TestResponse assertNoHeader(String name) {
        return check(!headers.contains(name), "Expected no header " + name + ", but was " + headers.all(name));
    }

    /** Asserts the media type of the body, whatever its parameters are: {@code assertType("text/html")}. */
    public TestResponse assertType(String mediaType) {
        return checkType(mediaType, MediaType.parse(mediaType)::includes);
    }

    private TestResponse checkType(String expected, Predicate<MediaType> fits) {
        String actual = header("Content-Type").orElse("none");
        boolean isFit;
        try {
            isFit = fits.test(MediaType.parse(actual));
        } catch (IllegalArgumentException notAType) {
            isFit = false;
        }
        return check(isFit, "Expected a body of " + expected + ", but was " + actual);
    }

    /** Asserts that there is no body. */
    public TestResponse assertEmpty() {
        return check(body.length == 0, "Expected no body, but it has " + body.length + " bytes");
    }

    @Override
    void requireJson() {
        checkType("JSON", MediaType::isJson);
    }

    /**
     * Asserts that this is a problem (RFC 9457) with a status and detail:
     * {@code assertProblem(404, "Product not found")}.
     */
    public TestResponse assertProblem(int expectedStatus, String expectedDetail) {
        assertProblem(expectedStatus);
        return assertJson("/detail", expectedDetail);
    }

    /** Asserts that this is a problem (RFC 9457) with a status: {@code assertProblem(404)}. */
    public TestResponse assertProblem(int expectedStatus) {
        return assertStatus(expectedStatus)
                .assertType("application/problem+json")
                .assertJson("/status", expectedStatus);
    }

    /**
     * Asserts that this is a problem whose errors name a value: a parameter by its name
     * ({@code assertProblemWith("limit")}), a part of the body by its JSON pointer
     * ({@code assertProblemWith("/price")}).
     */
    public TestResponse assertProblemWith(String nameOrPointer) {
        assertType("application/problem+json");
        boolean named = json("") instanceof Map<?, ?> problem
                && problem.get("errors") instanceof List<?> errors
                && errors.stream()
                        .anyMatch(error -> error instanceof Map<?, ?> one
                                && (nameOrPointer.equals(one.get("name")) || nameOrPointer.equals(one.get("pointer"))));
        return check(named, "Expected \"" + nameOrPointer + "\" among the errors");
    }

    /** Asserts a redirect to this address: a status from 300 to 308, and the {@code Location}. */
    public TestResponse assertRedirect(String location) {
        check(status.code() >= 300 && status.code() <= 308, "Expected a redirect, but was " + status);
        return assertHeader("Location", location);
    }

    /** Asserts that the response sets a cookie to this value: {@code assertCookie("theme", "dark")}. */
    public TestResponse assertCookie(String name, String expected) {
        Optional<String> actual = cookie(name);
        return check(
                actual.isPresent() && actual.get().equals(expected),
                "Expected the cookie " + name + "=" + expected + ", but was " + actual.orElse("none"));
    }

    /** The value of a cookie that the response sets. */
    public Optional<String> cookie(String name) {
        return headers.all("Set-Cookie").stream()
                .map(field -> field.split(";", 2)[0].split("=", 2))
                .filter(pair -> pair.length == 2 && pair[0].strip().equals(name))
                .map(pair -> pair[1].strip())
                .reduce((first, last) -> last);
    }

    /** Asserts anything else: {@code assertThat(response.text().length() < 100, "It is short")}. */
    public TestResponse assertThat(boolean condition, String what) {
        return check(condition, what);
    }

    @Override
    Json json() {
        return exchange.json();
    }

    @Override
    AssertionError failure(String what) {
        return exchange.failure(what, status, headers, body);
    }

    /** The exchange, as a failure shows it. */
    @Override
    public String toString() {
        return exchange.text(status, headers, body);
    }
}
