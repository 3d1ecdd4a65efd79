package dev.bistro.data.redis;

import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.output.NestedMultiOutput;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.ProtocolKeyword;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One connection. Commands go out in their order, and each is sent once. When the connection is lost, or an answer
 * doesn't come in time, it is closed, and all commands without an answer fail. For any thread.
 */
public final class RedisConnection implements AutoCloseable {
    private final StatefulRedisConnection<String, String> connection;

    RedisConnection(StatefulRedisConnection<String, String> connection) {
        this.connection = connection;
    }

    /** A command's name. */
    private record Name(String text) implements ProtocolKeyword {
        @Override
        public byte[] getBytes() {
            return text.getBytes(StandardCharsets.US_ASCII);
        }

        @Override
        public String toString() {
            return text;
        }
    }

    /** Whether it isn't lost, as far as is known. */
    public boolean isOpen() {
        return connection.isOpen();
    }

    /**
     * Sends a command. Doesn't wait.
     *
     * @param limit how long the answer may take
     * @param words the command's name and its arguments: {@code "get", "key"}
     * @return the reply; what it fails with is told by {@link RedisException#of}. What depends on it must not wait,
     *     since it may be run by the thread that reads replies
     */
    public CompletionStage<RedisReply> send(Duration limit, String... words) {
        var reply = new CompletableFuture<RedisReply>();
        dispatch(words).whenComplete((values, fault) -> {
            if (fault == null) {
                reply.complete(new RedisReply(values));
            } else {
                reply.completeExceptionally(RedisException.of(fault));
            }
        });
        return reply.orTimeout(limit.toNanos(), TimeUnit.NANOSECONDS).exceptionallyCompose(fault -> {
            if (fault instanceof TimeoutException) {
                close();
                return CompletableFuture.failedFuture(
                        RedisException.unreachable("There is no answer within " + limit.toMillis() + " ms", fault));
            }
            return CompletableFuture.failedFuture(fault);
        });
    }

    private CompletionStage<List<Object>> dispatch(String... words) {
        var arguments = new CommandArgs<>(StringCodec.UTF8);
        for (int i = 1; i < words.length; i++) {
            arguments.add(words[i]);
        }
        try {
            return connection
                    .async()
                    .dispatch(new Name(words[0]), new NestedMultiOutput<>(StringCodec.UTF8), arguments);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /**
     * Sends a script, or its digest if Redis knows it already.
     *
     * @param limit how long each of the two answers may take
     */
    public CompletionStage<RedisReply> send(
            Duration limit, RedisScript script, List<String> keys, List<String> arguments) {
        return send(limit, words("evalsha", script.digest(), keys, arguments)).exceptionallyCompose(fault -> {
            if (RedisException.of(fault).code().equals("NOSCRIPT")) {
                return send(limit, words("eval", script.text(), keys, arguments));
            }
            return CompletableFuture.failedFuture(fault);
        });
    }

    private static String[] words(String command, String script, List<String> keys, List<String> arguments) {
        var words = new ArrayList<String>();
        words.add(command);
        words.add(script);
        words.add("" + keys.size());
        words.addAll(keys);
        words.addAll(arguments);
        return words.toArray(String[]::new);
    }

    /** Sends a command, and waits for the reply. */
    public RedisReply call(Duration limit, String... words) throws RedisException {
        return await(send(limit, words));
    }

    /** Sends a script, and waits for the reply. */
    public RedisReply call(Duration limit, RedisScript script, List<String> keys, List<String> arguments)
            throws RedisException {
        return await(send(limit, script, keys, arguments));
    }

    static <T> T await(CompletionStage<T> reply) throws RedisException {
        try {
            return reply.toCompletableFuture().get();
        } catch (ExecutionException e) {
            throw RedisException.of(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw RedisException.unreachable("Somebody has interrupted the thread that waits for an answer", e);
        }
    }

    /** Closes it. Doesn't wait. */
    @Override
    public void close() {
        connection.closeAsync();
    }
}
