package dev.bistro.testing;

import dev.bistro.http.spi.ServerRequest;

/** Gives the framework's own tests the {@link ServerRequest} of a {@link MockRequest}, which users never see. */
public final class ServerRequests {
    private ServerRequests() {}

    public static ServerRequest of(MockRequest.Builder request) {
        return request.build().served();
    }
}
