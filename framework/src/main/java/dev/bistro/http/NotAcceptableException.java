package dev.bistro.http;

import java.util.List;
import java.util.stream.Collectors;

/** 406: the resource isn't available in a media type that the request's {@code Accept} header allows. */
public class NotAcceptableException extends HttpException {
    private static final long serialVersionUID = 1L;

    /** A fault that names the available types: {@code This is here as application/json or text/html only}. */
    public NotAcceptableException(List<MediaType> available) {
        super(
                Status.NOT_ACCEPTABLE,
                "This is here as "
                        + available.stream().map(MediaType::toString).collect(Collectors.joining(" or "))
                        + " only");
    }
}
