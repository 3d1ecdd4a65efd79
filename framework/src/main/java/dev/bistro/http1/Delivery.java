package dev.bistro.http1;

import dev.bistro.http.Payload;
import dev.bistro.http.Response;
import dev.bistro.http1.ResponseWriter.Persistence;
import dev.bistro.net.Output;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * How a response goes out whose body is written piece by piece; decided before the head is written.
 *
 * @param head gives the response as it is written, when its head is
 * @param length the body's length in bytes, where the framing is {@link ResponseFraming#LENGTH}
 * @param staysOpen whether the connection can be used for another request afterwards
 * @param requestId said in the head
 */
record Delivery(
        Supplier<Response<Payload>> head,
        ResponseFraming framing,
        long length,
        boolean staysOpen,
        Persistence persistence,
        Optional<String> requestId) {
    void writeHead(Output output) {
        ResponseWriter.writeHead(head.get(), framing, length, persistence, requestId, output);
    }
}
