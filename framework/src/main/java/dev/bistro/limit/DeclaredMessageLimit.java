package dev.bistro.limit;

import dev.bistro.http.spi.Execution;
import java.util.function.Supplier;

/**
 * The limit of the messages that a method takes, as it is known at startup.
 *
 * @param execution of counting a message
 * @param made gives the limit, with the objects of its keys, when all of them can be made
 */
public record DeclaredMessageLimit(Execution execution, Supplier<MessageLimit> made) {
    /** For methods without a limit. */
    public static final DeclaredMessageLimit NONE =
            new DeclaredMessageLimit(Execution.NON_BLOCKING, () -> MessageLimit.NONE);
}
