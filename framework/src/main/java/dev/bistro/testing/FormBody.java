package dev.bistro.testing;

import dev.bistro.http.MediaType;
import java.io.ByteArrayOutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A form as a browser sends it: pairs in {@code application/x-www-form-urlencoded}, or, if it has a file, parts of
 * {@code multipart/form-data}.
 *
 * @see <a
 *     href="https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#form-submission-algorithm">HTML,
 *     form submission</a>
 */
final class FormBody {
    private static final String NO_FILE = "";

    private final List<Part> parts = new ArrayList<>();
    private boolean hasFiles;

    /** A field, or a file with the header field for its media type. */
    private record Part(String name, String parameters, String type, byte[] content) {
        String pair() {
            return encode(name) + "=" + encode(new String(content, StandardCharsets.UTF_8));
        }

        void writeTo(ByteArrayOutputStream body, String boundary) {
            String disposition = "Content-Disposition: form-data; name=\"" + quoted(name) + '"' + parameters;
            body.writeBytes(bytes("--" + boundary + "\r\n" + disposition + type + "\r\n\r\n"));
            body.writeBytes(content);
            body.writeBytes(bytes("\r\n"));
        }
    }

    void addField(String name, String value) {
        parts.add(new Part(name, NO_FILE, NO_FILE, bytes(value)));
    }

    void addFile(String name, String fileName, MediaType mediaType, byte[] content) {
        String parameters = "; filename=\"" + quoted(fileName) + '"';
        parts.add(new Part(name, parameters, "\r\nContent-Type: " + mediaType, content.clone()));
        hasFiles = true;
    }

    boolean isEmpty() {
        return parts.isEmpty();
    }

    String contentType() {
        return hasFiles ? MediaType.MULTIPART_FORM + ";boundary=" + boundary() : MediaType.FORM.toString();
    }

    byte[] content() {
        return hasFiles ? multipart() : bytes(parts.stream().map(Part::pair).collect(Collectors.joining("&")));
    }

    private byte[] multipart() {
        var body = new ByteArrayOutputStream();
        String boundary = boundary();
        parts.forEach(part -> part.writeTo(body, boundary));
        body.writeBytes(bytes("--" + boundary + "--\r\n"));
        return body.toByteArray();
    }

    /** A text that is in none of the parts, and the same for equal forms, so that failures can be compared. */
    private String boundary() {
        int number = 0;
        while (isInAPart("form-part-" + number)) {
            number++;
        }
        return "form-part-" + number;
    }

    private boolean isInAPart(String text) {
        return parts.stream().anyMatch(part -> new String(part.content, StandardCharsets.ISO_8859_1).contains(text));
    }

    /** A name within quotes, as browsers write it. */
    private static String quoted(String name) {
        return name.replace("\"", "%22").replace("\r", "%0D").replace("\n", "%0A");
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
