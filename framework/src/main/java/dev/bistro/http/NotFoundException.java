package dev.bistro.http;

/**
 * 404: there is no such resource, or the client must not know of it:
 * {@code throw new NotFoundException("Product not found")}.
 */
public class NotFoundException extends HttpException {
    private static final long serialVersionUID = 1L;

    /** A fault with a text for the client. */
    public NotFoundException(String detail) {
        super(Status.NOT_FOUND, detail);
    }
}
