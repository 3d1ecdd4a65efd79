package dev.bistro.data.redis;

import io.lettuce.core.RedisCommandExecutionException;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Redis refuses a command, or can't be reached: then it isn't known whether the command was carried out. */
public final class RedisException extends IOException {
    private static final long serialVersionUID = 1L;

    /** What Redis says begins with a word that says of which kind it is: {@code WRONGTYPE Operation against …}. */
    private static final Pattern REFUSAL = Pattern.compile("(?<code>[A-Z]+)( .*)?", Pattern.DOTALL);

    private final boolean isRefusal;

    private RedisException(String message, boolean isRefusal, Throwable cause) {
        super(message, cause);
        this.isRefusal = isRefusal;
    }

    /**
     * This fault of a {@code CompletionStage}: in the words of the innermost of its causes, which is the one that tells
     * something.
     */
    public static RedisException of(Throwable fault) {
        Throwable inner = fault;
        while (inner.getCause() != null && !isTelling(inner)) {
            inner = inner.getCause();
        }
        if (inner instanceof RedisException known) {
            return known;
        }
        String text = inner.getMessage() == null ? inner.toString() : inner.getMessage();
        return new RedisException(text, inner instanceof RedisCommandExecutionException, fault);
    }

    private static boolean isTelling(Throwable fault) {
        return fault instanceof RedisException || fault instanceof RedisCommandExecutionException;
    }

    /** There is no answer. */
    static RedisException unreachable(String what, Throwable cause) {
        return new RedisException(what, false, cause);
    }

    /** The word that says what kind of refusal it is, such as {@code WRONGTYPE}; empty if Redis can't be reached. */
    public String code() {
        Matcher parts = REFUSAL.matcher(String.valueOf(getMessage()));
        return isRefusal && parts.matches() ? parts.group("code") : "";
    }
}
