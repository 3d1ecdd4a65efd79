package dev.bistro.http;

/**
 * 412: the resource isn't in the state that the request requires, so the request could undo somebody else's change.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-15.5.13">RFC 9110, section 15.5.13</a>
 */
public class PreconditionFailedException extends HttpException {
    private static final long serialVersionUID = 1L;

    /** A fault with a text for the client. */
    public PreconditionFailedException(String detail) {
        super(Status.PRECONDITION_FAILED, detail);
    }
}
