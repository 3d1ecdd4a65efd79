package dev.bistro.http;

import java.util.List;
import java.util.stream.Collectors;

/** 406: there is nothing here of a media type that the request's {@code Accept} takes. */
public class NotAcceptableException extends HttpException {
    private static final long serialVersionUID = 1L;

    /** A fault with what there is: {@code This is here as application/json or text/html only}. */
    public NotAcceptableException(List<MediaType> available) {
        super(
                Status.NOT_ACCEPTABLE,
                "This is here as "
                        + available.stream().map(MediaType::toString).collect(Collectors.joining(" or "))
                        + " only");
    }
}
