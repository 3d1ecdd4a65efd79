package dev.bistro.http;

/** Answers requests: the port between what HTTP is and what an application does with it. */
@FunctionalInterface
public interface Handler {
    /**
     * Answers one request; it may block.
     *
     * @throws HttpException to answer with an error that the client may see
     * @throws Exception for any fault of ours: the client sees a 500 with a fixed text
     */
    Response<?> handle(Request request) throws Exception;
}
