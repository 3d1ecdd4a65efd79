package dev.bistro.binding;

import dev.bistro.description.DescribedError;
import dev.bistro.http.BadRequestException;
import dev.bistro.http.HttpException;
import dev.bistro.http.InvalidValue;
import dev.bistro.http.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Collects what is wrong with the values of one request, so that the client learns all of it at once. */
final class BindingFaults {
    static final DescribedError DESCRIBED =
            DescribedError.of(Status.BAD_REQUEST, "A parameter is missing, or isn't what is expected.");

    private List<InvalidValue> found = List.of();
    private HttpException failedCondition;
    private int failedConditions;

    /** Adds that a required value is missing. */
    void missing(ValueSource source) {
        add(source, "required, but missing");
    }

    /**
     * Adds that a text is not what was expected: {@code unconvertible(limit, "an int", "abc", why)}.
     *
     * @param why the application's own explanation, if it has one
     */
    void unconvertible(ValueSource source, String expected, String text, Optional<String> why) {
        add(
                source,
                "expected " + expected + ", but was " + ShownText.quote(text)
                        + why.map(said -> ": " + said).orElse(""));
    }

    void add(ValueSource source, String detail) {
        if (found.isEmpty()) {
            found = new ArrayList<>(2);
        }
        found.add(new InvalidValue(source.in(), source.name(), detail));
    }

    /** A condition of the request isn't met. It counts only if nothing else is wrong (RFC 9110, section 13.2.1). */
    void failCondition(HttpException answer) {
        failedConditions++;
        if (failedCondition == null) {
            failedCondition = answer;
        }
    }

    /** How many values couldn't be bound so far, for whatever reason. */
    int count() {
        return found.size() + failedConditions;
    }

    /**
     * Fails if anything is wrong.
     *
     * @throws BadRequestException with all values that are wrong
     * @throws HttpException if only a condition isn't met
     */
    void throwIfAny() {
        if (!found.isEmpty()) {
            throw new BadRequestException(summary(), found);
        }
        if (failedCondition != null) {
            throw failedCondition;
        }
    }

    private String summary() {
        if (found.size() > 1) {
            return found.size() + " parameters are not valid";
        }
        InvalidValue only = found.get(0);
        return kind(only.in()) + " \"" + only.name() + "\": " + only.detail();
    }

    private static String kind(InvalidValue.In in) {
        return switch (in) {
            case PATH -> "Path variable";
            case QUERY -> "Query parameter";
            case HEADER -> "Header";
            case COOKIE -> "Cookie";
            case FORM -> "Form field";
            case BODY -> "Body";
        };
    }
}
