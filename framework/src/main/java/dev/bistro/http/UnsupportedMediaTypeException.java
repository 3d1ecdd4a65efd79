package dev.bistro.http;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** 415: the request's body has a media type (or content coding) that the resource doesn't accept. */
public class UnsupportedMediaTypeException extends HttpException {
    private static final long serialVersionUID = 1L;

    private static final Map<Method, String> FIELDS =
            Map.of(Method.POST, "Accept-Post", Method.PATCH, "Accept-Patch", Method.QUERY, "Accept-Query");

    /** A fault with a text for the client. */
    public UnsupportedMediaTypeException(String detail) {
        super(Status.UNSUPPORTED_MEDIA_TYPE, detail);
    }

    /**
     * A fault that names the accepted types, in the text and in a header: {@code new UnsupportedMediaTypeException("The
     * body isn't read here", Method.POST, List.of(MediaType.JSON))} has the detail
     * {@code The body isn't read here; send application/json} and the header {@code Accept-Post: application/json}.
     *
     * @param method the method of the request, which decides the name of the header
     */
    public UnsupportedMediaTypeException(String why, Method method, List<MediaType> readable) {
        super(
                Status.UNSUPPORTED_MEDIA_TYPE,
                why + "; send " + joined(readable, " or "),
                Headers.of(headerName(method), joined(readable, ", ")),
                List.of());
    }

    /**
     * The name of the header that lists the media types of bodies that are accepted with a method: {@code Accept-Post}
     * (W3C Linked Data Platform 1.0, section 7.1), {@code Accept-Patch} (RFC 5789, section 3.1), {@code Accept-Query};
     * {@code Accept} for other methods (RFC 9110, section 12.5.1).
     */
    public static String headerName(Method method) {
        return FIELDS.getOrDefault(method, "Accept");
    }

    private static String joined(List<MediaType> types, String separator) {
        return types.stream().map(MediaType::toString).collect(Collectors.joining(separator));
    }
}
