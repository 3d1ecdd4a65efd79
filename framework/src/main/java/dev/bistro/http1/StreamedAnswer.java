package dev.bistro.http1;

import dev.bistro.http.StreamPayload;
import dev.bistro.http.spi.RequestObserver.Scope;
import dev.bistro.net.BlockingIo;
import dev.bistro.net.Output;
import dev.bistro.net.Task;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A response whose body the application writes, on a thread of its own that waits while the client doesn't take it.
 */
final class StreamedAnswer implements Task {
    private static final Logger LOG = LoggerFactory.getLogger(StreamedAnswer.class);

    private final Exchange exchange;
    private final StreamPayload payload;
    private final Delivery delivery;

    StreamedAnswer(Exchange exchange, StreamPayload payload, Delivery delivery) {
        this.exchange = exchange;
        this.payload = payload;
        this.delivery = delivery;
    }

    @Override
    public boolean waitsForClient() {
        return true;
    }

    @Override
    public void run(BlockingIo io) {
        var stream = new ResponseStream(io, delivery, exchange::addBody);
        Scope scope = exchange.request().enter();
        try {
            payload.writer().writeTo(stream);
            stream.finish();
            exchange.complete(delivery.staysOpen());
        } catch (IOException | RuntimeException | Error e) {
            failed(stream, e, io.output());
        } finally {
            scope.close();
        }
    }

    private void failed(ResponseStream stream, Throwable fault, Output output) {
        if (stream.isBroken()) {
            LOG.debug("[{}] The client is gone: {}", exchange.request().label(), fault.toString());
            exchange.breakOff();
        } else {
            exchange.bodyFailed(stream.hasBegun(), fault, output);
        }
    }

    @Override
    public void abandon() {
        exchange.callbacks().run(payload::discard);
    }

    @Override
    public void refuse(Output output) {
        abandon();
        exchange.refuseForLackOfThreads(output);
    }
}
