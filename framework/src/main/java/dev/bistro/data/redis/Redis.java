package dev.bistro.data.redis;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.MaintNotificationsConfig;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.protocol.ProtocolVersion;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A server of Redis, with a connection that all threads share, and connections of one's own for commands that wait. For
 * any thread.
 *
 * <pre>{@code
 * Redis redis = Redis.open(RedisAddress.of("redis://cache"), Duration.ofSeconds(2));
 * redis.call("set", "name", "Ada");
 * redis.call("get", "name").text();      // Optional[Ada]
 * }</pre>
 *
 * <p>Each command is sent once: where its answer is lost, it isn't known whether it was carried out, and who sent it
 * decides what to do. When the shared connection is lost, the next command makes it anew. While that can't be done,
 * commands fail at once, so that nobody waits for a server that isn't there.
 */
public final class Redis implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Redis.class);

    private static final String CLIENT_NAME = "bistro";
    private static final Duration PAUSE = Duration.ofMillis(200); // between attempts to connect
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(30);
    private static final long CLOSE_SECONDS = 2;

    private final RedisAddress address;
    private final Duration limit;
    private final RedisClient client;
    private final RedisURI uri;
    private CompletableFuture<RedisConnection> shared;
    private long notBeforeNanos;
    private boolean isLost;
    private volatile boolean isClosed;

    /**
     * Connects.
     *
     * @param limit how long an answer may take, and so may a connection
     * @throws RedisException what the driver says if that fails
     */
    public static Redis open(RedisAddress address, Duration limit) throws RedisException {
        var redis = new Redis(address, limit);
        try {
            redis.call("ping");
            return redis;
        } catch (RedisException | RuntimeException | Error e) {
            redis.close();
            throw e;
        }
    }

    private Redis(RedisAddress address, Duration limit) {
        this.address = address;
        this.limit = limit;
        this.uri = uri(address, limit);
        this.client = RedisClient.create(uri);
        client.setOptions(ClientOptions.builder()
                .autoReconnect(false) // which would send commands a second time, and keep any number of them
                .maintNotificationsConfig(MaintNotificationsConfig.disabled())
                .protocolVersion(ProtocolVersion.RESP2)
                .socketOptions(SocketOptions.builder()
                        .connectTimeout(limit)
                        .keepAlive(SocketOptions.KeepAliveOptions.builder()
                                .enable(true)
                                .idle(KEEP_ALIVE)
                                .interval(KEEP_ALIVE.dividedBy(2))
                                .build())
                        .build())
                .build());
        this.shared = openShared();
    }

    private static RedisURI uri(RedisAddress address, Duration limit) {
        RedisURI.Builder builder = RedisURI.builder()
                .withHost(address.host())
                .withPort(address.port())
                .withDatabase(address.database())
                .withSsl(address.isTls())
                .withClientName(CLIENT_NAME)
                .withTimeout(limit);
        char[] password = address.password().orElse("").toCharArray();
        if (address.user().isPresent()) {
            builder.withAuthentication(address.user().get(), password);
        } else if (password.length > 0) {
            builder.withPassword(password);
        }
        return builder.build();
    }

    /** The address for people, without a password. */
    public String shown() {
        return address.shown();
    }

    /** How long an answer may take. */
    public Duration limit() {
        return limit;
    }

    // ---- the shared connection

    private CompletableFuture<RedisConnection> openShared() {
        return connectAsync().whenComplete(this::report);
    }

    private synchronized void report(RedisConnection opened, Throwable fault) {
        if (fault != null) {
            notBeforeNanos = System.nanoTime() + PAUSE.toNanos();
        } else if (isLost) {
            LOG.info("Redis at {} answers again", shown());
            isLost = false;
        }
    }

    private synchronized CompletableFuture<RedisConnection> shared() {
        boolean hasFailed = shared.isCompletedExceptionally();
        boolean isGone = hasFailed || shared.isDone() && !shared.join().isOpen();
        if (isGone && !isClosed && !(hasFailed && System.nanoTime() - notBeforeNanos < 0)) {
            if (!isLost) {
                LOG.warn("The connection to Redis at {} is lost", shown());
                isLost = true;
            }
            shared = openShared();
        }
        return shared;
    }

    /**
     * Sends a command: {@code send("get", "key")}. Doesn't wait.
     *
     * @return the reply; what it fails with is told by {@link RedisException#of}. What depends on it must not wait,
     *     since it may be run by the thread that reads replies
     */
    public CompletionStage<RedisReply> send(String... words) {
        return shared().thenCompose(connection -> connection.send(limit, words));
    }

    /** Sends a script, by its digest if Redis knows it already. Doesn't wait. */
    public CompletionStage<RedisReply> send(RedisScript script, List<String> keys, List<String> arguments) {
        return shared().thenCompose(connection -> connection.send(limit, script, keys, arguments));
    }

    /** Sends a command, and waits for the reply. */
    public RedisReply call(String... words) throws RedisException {
        return RedisConnection.await(send(words));
    }

    /** Sends a script, and waits for the reply. */
    public RedisReply call(RedisScript script, List<String> keys, List<String> arguments) throws RedisException {
        return RedisConnection.await(send(script, keys, arguments));
    }

    // ---- connections of one's own

    /** Makes a connection for commands that wait, which the caller closes. It isn't made anew when it is lost. */
    public RedisConnection connect() throws RedisException {
        return RedisConnection.await(connectAsync());
    }

    private CompletableFuture<RedisConnection> connectAsync() {
        if (isClosed) {
            return CompletableFuture.failedFuture(RedisException.unreachable("The connection is closed", null));
        }
        CompletableFuture<StatefulRedisConnection<String, String>> made;
        try {
            made = client.connectAsync(StringCodec.UTF8, uri).toCompletableFuture();
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(RedisException.of(e));
        }
        var connection = new CompletableFuture<RedisConnection>();
        made.whenComplete((open, fault) -> {
            if (fault != null) {
                connection.completeExceptionally(RedisException.of(fault));
            } else if (!connection.complete(new RedisConnection(open))) {
                open.closeAsync(); // it has come too late
            }
        });
        return connection
                .orTimeout(2 * limit.toNanos(), TimeUnit.NANOSECONDS) // TCP and TLS, and then who logs in
                .exceptionallyCompose(fault -> CompletableFuture.failedFuture(
                        fault instanceof TimeoutException
                                ? RedisException.unreachable("There is no connection in time", fault)
                                : fault));
    }

    /** Ends all connections. */
    @Override
    public void close() {
        isClosed = true;
        client.shutdown(0, CLOSE_SECONDS, TimeUnit.SECONDS);
    }
}
