package dev.bistro.wire;

import dev.bistro.coding.ContentCodings;
import dev.bistro.http.BytesPayload;
import dev.bistro.http.Headers;
import dev.bistro.http.Payload;
import dev.bistro.http.Request;
import dev.bistro.http.Response;
import dev.bistro.http.Status;
import dev.bistro.http.StreamPayload;
import dev.bistro.http.StreamingBody;
import dev.bistro.http.spi.Application;
import dev.bistro.http.spi.Execution;
import dev.bistro.http.spi.PendingPayload;
import dev.bistro.http.spi.ResponseDecorator;
import dev.bistro.http.spi.ServerRequest;
import dev.bistro.http.spi.Target;
import dev.bistro.http1.Http1;
import dev.bistro.http1.Http1Settings;
import dev.bistro.net.NetServer;
import dev.bistro.net.NetSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** A real server on a free port: the transport alone, with functions as its application. */
public final class EngineServer implements AutoCloseable {
    private static final Headers TEXT = Headers.of("Content-Type", "text/plain");

    private final NetServer server;
    private final Http1 http1;

    private EngineServer(NetServer server, Http1 http1) {
        this.server = server;
        this.http1 = http1;
    }

    public InetSocketAddress address() {
        return server.address();
    }

    public NetServer net() {
        return server;
    }

    public Http1 http1() {
        return http1;
    }

    @Override
    public void close() {
        server.stop(Duration.ofSeconds(5));
    }

    public static Response<Payload> text(Status status, String text) {
        return Response.of(status, TEXT, new BytesPayload(text.getBytes(StandardCharsets.ISO_8859_1)));
    }

    /** A response whose body is written piece by piece. */
    public static Response<Payload> stream(StreamingBody writer) {
        return Response.of(Status.OK, TEXT, new StreamPayload(writer, OptionalLong.empty()));
    }

    /** A response whose body is written piece by piece, and whose length is known. */
    public static Response<Payload> stream(long length, StreamingBody writer) {
        return Response.of(Status.OK, TEXT, new StreamPayload(writer, OptionalLong.of(length)));
    }

    /** A response that isn't complete yet. */
    public static Response<Payload> pending(CompletionStage<Response<Payload>> later) {
        return Response.ok(new PendingPayload(later));
    }

    public static Builder builder() {
        return new Builder();
    }

    /** A target that is a function. */
    private record FunctionTarget(Traits traits, Function<ServerRequest, Response<Payload>> function)
            implements Target {
        FunctionTarget(Execution execution, BodyUse bodyUse, Function<ServerRequest, Response<Payload>> function) {
            this(new Traits("A function", execution, bodyUse), function);
        }

        @Override
        public Response<Payload> answer(ServerRequest request) {
            return function.apply(request);
        }
    }

    /** Sets the targets of paths, and settings. */
    public static final class Builder {
        private final Map<String, Target> targets = new LinkedHashMap<>();
        private final Target fallback =
                new FunctionTarget(Execution.ADAPTIVE, Target.BodyUse.IGNORED, r -> text(Status.NOT_FOUND, "none"));
        private final List<ResponseDecorator> decorators = new ArrayList<>();
        private Http1Settings http = Http1Settings.DEFAULTS;
        private int minCodedBytes = -1;
        private int loops = 1;
        private int maxConnections = 10_000;
        private long maxBufferedBytes;
        private Duration writeTimeout = Duration.ofSeconds(10);

        public Builder at(String path, Function<ServerRequest, Response<Payload>> function) {
            return at(path, Execution.ADAPTIVE, function);
        }

        public Builder at(String path, Execution execution, Function<ServerRequest, Response<Payload>> function) {
            targets.put(path, new FunctionTarget(execution, Target.BodyUse.WHOLE, function));
            return this;
        }

        /** Adds a target that reads the body while it comes. */
        public Builder streaming(String path, Function<ServerRequest, Response<Payload>> function) {
            targets.put(path, new FunctionTarget(Execution.ADAPTIVE, Target.BodyUse.STREAM, function));
            return this;
        }

        public Builder decorator(ResponseDecorator decorator) {
            decorators.add(decorator);
            return this;
        }

        public Builder http(Http1Settings settings) {
            http = settings;
            return this;
        }

        /** Adds content codings, for responses from this size on. */
        public Builder coded(int minBytes) {
            minCodedBytes = minBytes;
            return this;
        }

        public Builder loops(int count) {
            loops = count;
            return this;
        }

        public Builder maxConnections(int count) {
            maxConnections = count;
            return this;
        }

        /** Sets the bytes that may be kept in memory for all clients together. */
        public Builder maxBufferedBytes(long count) {
            maxBufferedBytes = count;
            return this;
        }

        public Builder writeTimeout(Duration timeout) {
            writeTimeout = timeout;
            return this;
        }

        public EngineServer start() throws IOException {
            var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
            var settings = new NetSettings(
                    List.of(TlsMode.listener(address)),
                    loops,
                    maxConnections,
                    0,
                    NetSettings.READ_BUFFER_BYTES,
                    maxBufferedBytes,
                    NetSettings.MAX_OPENINGS,
                    NetSettings.OPENING_TIMEOUT,
                    writeTimeout,
                    NetSettings.QUEUE_TIMEOUT);
            Application application = minCodedBytes < 0
                    ? application()
                    : new ContentCodings(application(), http.maxBodyBytes(), minCodedBytes);
            var http1 = new Http1(http, application, loops);
            return new EngineServer(NetServer.start(settings, http1), http1);
        }

        /** The targets alone, without a server. */
        public Application application() {
            var all = new ArrayList<>(targets.values());
            all.add(fallback);
            return new Application() {
                @Override
                public Target find(ServerRequest request) {
                    return targets.getOrDefault(request.path(), fallback);
                }

                @Override
                public List<Target> targets() {
                    return all;
                }

                @Override
                public Response<Payload> refuse(Optional<? extends Request> request, Status status, String detail) {
                    return text(status, detail);
                }

                @Override
                public List<ResponseDecorator> decorators() {
                    return decorators;
                }
            };
        }
    }
}
