package dev.bistro.http1;

import dev.bistro.http1.ResponseWriter.Persistence;
import dev.bistro.net.Output;
import java.util.function.Supplier;

/**
 * How a response goes out whose body is written piece by piece; decided before the head is written.
 *
 * @param head gives the head when it is written
 * @param length the body's length in bytes, where the framing is {@link ResponseFraming#LENGTH}
 * @param staysOpen whether the connection can be used for another request afterwards
 * @param identified the request whose id is said in the head; null for none
 */
record Delivery(
        Supplier<ResponseHead> head,
        ResponseFraming framing,
        long length,
        boolean staysOpen,
        Persistence persistence,
        Http1Request identified) {
    void writeHead(Output output) {
        ResponseWriter.writeHead(head.get(), framing, length, persistence, identified, output);
    }
}
