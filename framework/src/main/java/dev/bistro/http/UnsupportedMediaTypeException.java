package dev.bistro.http;

/** 415: the request's body is of a media type (or content coding) that isn't read here. */
public class UnsupportedMediaTypeException extends HttpException {
    private static final long serialVersionUID = 1L;

    /** A fault with a text for the client. */
    public UnsupportedMediaTypeException(String detail) {
        super(Status.UNSUPPORTED_MEDIA_TYPE, detail);
    }
}
