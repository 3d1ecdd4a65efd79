package dev.bistro.controller;

import dev.bistro.body.BodyCodec;
import dev.bistro.body.json.StandardCodecs;
import dev.bistro.http.BytesPayload;
import dev.bistro.http.Method;
import dev.bistro.http.Payload;
import dev.bistro.http.Response;
import dev.bistro.http.StreamPayload;
import dev.bistro.http.spi.PendingPayload;
import dev.bistro.http.spi.PulledPayload;
import dev.bistro.http.spi.ServerRequest;
import dev.bistro.startup.Problems;
import dev.bistro.testing.MockRequest;
import dev.bistro.testing.ServerRequests;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Controllers behind a dispatcher, with its responses as text. */
public final class Controllers {
    private final Dispatcher dispatcher;

    private Controllers(Dispatcher dispatcher) {
        this.dispatcher = dispatcher;
    }

    /** These controllers, which have no faults. */
    public static Controllers of(Object... controllers) {
        var problems = new Problems();
        Dispatcher dispatcher = dispatcher(problems, controllers);
        problems.throwIfAny();
        return new Controllers(dispatcher);
    }

    /** The faults of controllers. */
    public static Problems faults(Object... controllers) {
        var problems = new Problems();
        dispatcher(problems, controllers);
        return problems;
    }

    /** A controller, with a codec of the application's. */
    public static Controllers of(BodyCodec codec, Object controller) {
        var problems = new Problems();
        Dispatcher dispatcher = new DispatcherFactory(StandardCodecs.create(), problems)
                .addCodec(codec)
                .create(List.of(controller.getClass()), type -> controller);
        problems.throwIfAny();
        return new Controllers(dispatcher);
    }

    private static Dispatcher dispatcher(Problems problems, Object... controllers) {
        List<Class<?>> types =
                List.of(controllers).stream().<Class<?>>map(Object::getClass).toList();
        return new DispatcherFactory(StandardCodecs.create(), problems)
                .create(types, type -> List.of(controllers).get(types.indexOf(type)));
    }

    /** The response to {@code send("GET", "/items", "Accept: text/html")}, which is there when this returns. */
    Response<Payload> send(String method, String target, String... headers) {
        return send(ServerRequests.of(request(method, target, headers)));
    }

    /** The response to a request with a JSON body. */
    Response<Payload> sendJson(String method, String target, String body, String... headers) {
        return send(ServerRequests.of(request(method, target, headers).text("application/json", body)));
    }

    /** The response to a request. */
    Response<Payload> send(MockRequest.Builder request) {
        return send(ServerRequests.of(request));
    }

    private static MockRequest.Builder request(String method, String target, String... headers) {
        var request = MockRequest.of(Method.of(method), target);
        for (String header : headers) {
            String[] parts = header.split(": ", 2);
            request.header(parts[0], parts[1]);
        }
        return request;
    }

    Response<Payload> send(ServerRequest request) {
        Response<Payload> response = dispatcher.find(request).answer(request);
        while (response.body().orElse(Payload.NONE) instanceof PendingPayload pending) {
            response = pending.response().toCompletableFuture().join();
        }
        return response;
    }

    /** Status, media type and body: {@code 200 application/json {"id":1}}. */
    public static String text(Response<Payload> response) {
        String type = response.headers().first("Content-Type").orElse("-");
        return response.status().code() + " " + type + " " + body(response);
    }

    public static String body(Response<Payload> response) {
        Payload body = response.body().orElse(Payload.NONE);
        if (body instanceof BytesPayload bytes) {
            return new String(bytes.bytes(), StandardCharsets.UTF_8);
        }
        var written = new ByteArrayOutputStream();
        try {
            if (body instanceof PulledPayload pulled) {
                for (byte[] piece = pulled.body().next();
                        piece.length > 0;
                        piece = pulled.body().next()) {
                    written.writeBytes(piece);
                }
                pulled.body().close();
            } else {
                ((StreamPayload) body).writer().writeTo(written);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return written.toString(StandardCharsets.UTF_8);
    }

    public static String header(Response<Payload> response, String name) {
        return response.headers().combined(name).orElse("-");
    }
}
