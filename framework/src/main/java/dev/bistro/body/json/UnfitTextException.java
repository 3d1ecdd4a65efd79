package dev.bistro.body.json;

import tools.jackson.core.JsonParser;
import tools.jackson.databind.exc.MismatchedInputException;

/** A value that the application's converter doesn't take, with what the client is told. */
final class UnfitTextException extends MismatchedInputException {
    private static final long serialVersionUID = 1L;

    private final String detail;

    UnfitTextException(JsonParser parser, String detail, Class<?> type) {
        super(parser, detail, type);
        this.detail = detail;
    }

    String detail() {
        return detail;
    }
}
