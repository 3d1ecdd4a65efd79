package dev.bistro.http1;

import dev.bistro.http.Payload;
import dev.bistro.http.Response;
import dev.bistro.http1.ResponseWriter.Persistence;
import dev.bistro.net.Output;

/**
 * How a response goes out whose body isn't there as a whole: decided once, before its head.
 *
 * @param length of the body in bytes, where the framing is by length
 * @param stays whether the connection can be used for another request after it
 */
record Delivery(Response<Payload> response, Framing framing, long length, boolean stays, Persistence persistence) {
    void writeHead(Output output) {
        ResponseWriter.writeHead(response, framing, length, persistence, output);
    }
}
