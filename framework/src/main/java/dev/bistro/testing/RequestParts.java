package dev.bistro.testing;

import dev.bistro.http.Headers;
import dev.bistro.http.MediaType;
import dev.bistro.http.Method;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.StringJoiner;

/**
 * The parts of a request that a test sends ({@link TestRequest}) or gives to a controller
 * ({@link MockRequest.Builder}). Each method returns the builder.
 *
 * @param <B> the builder
 */
public abstract class RequestParts<B extends RequestParts<B>> {
    private final Method method;
    private final StringBuilder target;
    private final StringJoiner cookies = new StringJoiner("; ").setEmptyValue("");
    private final FormBody form = new FormBody();
    private Headers headers = Headers.empty();
    private byte[] body = new byte[0];

    RequestParts(Method method, String target) {
        this.method = method;
        this.target = new StringBuilder(target);
    }

    @SuppressWarnings("unchecked") // B is the class of this object
    private B self() {
        return (B) this;
    }

    /**
     * Adds a header field: {@code header("Accept-Language", "de")}.
     *
     * @throws IllegalArgumentException if the name is not a token, or the value has a control character
     */
    public B header(String name, String value) {
        headers = headers.plus(name, value);
        return self();
    }

    /** Sets the media types that are accepted: {@code accept("text/html")}. */
    public B accept(String mediaTypes) {
        return header("Accept", mediaTypes);
    }

    /**
     * Adds a parameter to the query string, once for each value, and percent-encodes it:
     * {@code query("tag", "a b", "c")} is {@code ?tag=a+b&tag=c}.
     */
    public B query(String name, Object... values) {
        for (Object value : values) {
            target.append(target.indexOf("?") < 0 ? '?' : '&').append(pair(name, value));
        }
        return self();
    }

    /** Adds a cookie: {@code cookie("theme", "dark")}. */
    public B cookie(String name, String value) {
        cookies.add(name + "=" + value);
        return self();
    }

    /** Adds a field to a form, which becomes the body: {@code form("user", "Ada").form("text", "Hello")}. */
    public B form(String name, Object value) {
        form.addField(name, String.valueOf(value));
        return self();
    }

    /**
     * Adds a file to a form, which is then sent as {@code multipart/form-data}: {@code form("title",
     * "Tea").file("photo", "tea.jpg", "image/jpeg", bytes)}.
     *
     * @throws IllegalArgumentException if the media type isn't valid
     */
    public B file(String name, String fileName, String mediaType, byte[] content) {
        form.addFile(name, fileName, MediaType.parse(mediaType), content);
        return self();
    }

    /** Adds a file with a text in UTF-8 to a form: {@code file("prices", "prices.csv", "text/csv", "Tea,3.50")}. */
    public B file(String name, String fileName, String mediaType, String content) {
        return file(name, fileName, mediaType, content.getBytes(StandardCharsets.UTF_8));
    }

    /** How JSON is written. */
    Json json() {
        return Json.USUAL;
    }

    private static String pair(String name, Object value) {
        return encode(name) + "=" + encode(String.valueOf(value));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /**
     * Makes the value the body, as JSON: {@code json(new NewProduct("Tea", price))}. A string is taken as JSON text:
     * {@code json("{\"name\":\"Tea\"}")}.
     */
    public B json(Object value) {
        byte[] bytes = value instanceof String text ? text.getBytes(StandardCharsets.UTF_8) : json().write(value);
        return body(MediaType.JSON.toString(), bytes);
    }

    /** Makes the text the body, in UTF-8: {@code text("text/csv", "Tea,3.50")}. */
    public B text(String mediaType, String text) {
        return body(mediaType, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Makes the bytes the body. */
    public B body(String mediaType, byte[] bytes) {
        headers = headers.with("Content-Type", mediaType);
        body = bytes.clone();
        return self();
    }

    // ---- what it has become

    Method method() {
        return method;
    }

    /** The path, and the query string if there is one. */
    String target() {
        return target.toString();
    }

    Headers headers() {
        Headers all = headers;
        if (cookies.length() > 0) {
            all = all.plus("Cookie", cookies.toString());
        }
        return form.isEmpty() || all.contains("Content-Type") ? all : all.plus("Content-Type", form.contentType());
    }

    byte[] body() {
        if (!form.isEmpty() && body.length > 0) {
            throw new IllegalStateException("A form is the whole body, and there is another one");
        }
        return form.isEmpty() ? body : form.content();
    }
}
