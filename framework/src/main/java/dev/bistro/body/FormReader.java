package dev.bistro.body;

import dev.bistro.http.MediaType;
import dev.bistro.http.Request;
import dev.bistro.http.UnsupportedMediaTypeException;
import dev.bistro.http.spi.QueryParameters;
import dev.bistro.http.spi.ServerRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.LongConsumer;

/** Reads forms of both media types that browsers send, within limits. */
public final class FormReader implements RequestReader {
    /** The media types of forms. */
    public static final List<MediaType> MEDIA_TYPES = List.of(MediaType.FORM, MediaType.MULTIPART_FORM);

    private final FormLimits limits;
    private final List<MediaType> accepted;

    /**
     * Reads forms of these media types within these limits: {@code new FormReader(FormLimits.DEFAULTS, MEDIA_TYPES)}.
     */
    public FormReader(FormLimits limits, List<MediaType> accepted) {
        this.limits = limits;
        this.accepted = List.copyOf(accepted);
    }

    @Override
    public List<MediaType> mediaTypes() {
        return accepted;
    }

    /**
     * Reads the form; {@link #release} has to be called after the request was answered.
     *
     * @throws dev.bistro.http.UnsupportedMediaTypeException if the body is no form
     * @throws dev.bistro.http.BadRequestException if it isn't what its media type says
     * @throws dev.bistro.http.HttpException 413 if it is larger than the limits
     */
    @Override
    public Form read(Request request) {
        if (isMissing(request)) {
            return new ReceivedForm();
        }
        MediaType mediaType = request.contentType()
                .filter(type -> includes(MEDIA_TYPES, type) && includes(accepted, type))
                .orElseThrow(() -> new UnsupportedMediaTypeException(
                        "The body isn't a form that is read here", request.method(), accepted));
        return MediaType.MULTIPART_FORM.includes(mediaType)
                ? new MultipartForm(limits, holding(request)).read(request.bodyStream(), mediaType)
                : urlencoded(request.body());
    }

    private static LongConsumer holding(Request request) {
        return request instanceof ServerRequest served ? served::hold : bytes -> {};
    }

    /** Some clients send a form without fields as no body at all. */
    private static boolean isMissing(Request request) {
        return !request.headers().contains("Content-Type")
                && !request.headers().contains("Transfer-Encoding")
                && request.header("Content-Length").orElse("0").equals("0");
    }

    private static boolean includes(List<MediaType> ranges, MediaType type) {
        return ranges.stream().anyMatch(range -> range.includes(type));
    }

    /**
     * Reads UTF-8, percent-encoded or not: see <a href="https://url.spec.whatwg.org/#urlencoded-parsing">the URL
     * standard</a>.
     */
    private Form urlencoded(byte[] body) {
        var fields = new FormFields(limits);
        fields.countText(body.length);
        String text = Texts.decode("The form", body, StandardCharsets.UTF_8);
        fields.countParts(pairs(text)); // before any of them takes memory
        QueryParameters.parse(text).forEach(fields::add);
        return fields.form().seal();
    }

    private static int pairs(String text) {
        int pairs = 0;
        for (int i = 0; i < text.length(); i++) {
            boolean begins = text.charAt(i) != '&' && (i == 0 || text.charAt(i - 1) == '&');
            pairs += begins ? 1 : 0;
        }
        return pairs;
    }

    /** Deletes the files of a form that was read here; does nothing to any other form. */
    public static void release(Form form) {
        if (form instanceof ReceivedForm received) {
            received.close();
        }
    }
}
