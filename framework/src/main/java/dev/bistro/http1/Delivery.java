package dev.bistro.http1;

import dev.bistro.http.Payload;
import dev.bistro.http.Response;
import dev.bistro.http1.ResponseWriter.Persistence;
import dev.bistro.net.Output;

/**
 * How a response goes out whose body is written piece by piece; decided before the head is written.
 *
 * @param length the body's length in bytes, where the framing is {@link ResponseFraming#LENGTH}
 * @param staysOpen whether the connection can be used for another request afterwards
 */
record Delivery(
        Response<Payload> response, ResponseFraming framing, long length, boolean staysOpen, Persistence persistence) {
    void writeHead(Output output) {
        ResponseWriter.writeHead(response, framing, length, persistence, output);
    }
}
