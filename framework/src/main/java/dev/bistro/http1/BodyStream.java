package dev.bistro.http1;

import dev.bistro.http.HttpException;
import dev.bistro.net.BlockingIo;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * A request's body as a stream: read from the socket when the handler reads, so that the client sends no faster.
 * Belongs to the thread that the request was handed to, and ends with the request's answer.
 */
final class BodyStream extends InputStream {
    private final Exchange exchange;
    private final RequestBody body;
    private final BlockingIo io;
    private final Http1Settings settings;
    private boolean continueExpected;
    private boolean begun;
    private boolean over;
    private IOException gone;
    private long progress;
    private long total;
    private long waitedMillis;

    BodyStream(Exchange exchange, BlockingIo io, boolean continueExpected) {
        this.exchange = exchange;
        this.body = exchange.body();
        this.io = io;
        this.settings = exchange.settings();
        this.continueExpected = continueExpected;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    /**
     * Reads the next bytes of the body, and waits for them.
     *
     * @throws HttpException 400 if the body isn't framed as it should be, 408 if nothing comes for too long, 413 if it
     *     is longer than the target allows
     * @throws EOFException if the client has gone before its end
     */
    @Override
    public int read(byte[] array, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, array.length);
        if (over) {
            throw new IOException("The request was answered: its body can't be read any more");
        }
        if (length == 0) {
            return 0;
        }
        begun = true;
        try {
            int count = body.read(io.input(), array, offset, length);
            while (count == 0 && !body.isComplete()) {
                waitForMore();
                count = body.read(io.input(), array, offset, length);
            }
            progress(count);
            total += count;
            if (total > exchange.maxStreamedBytes()) {
                throw BodyCollector.tooLarge(exchange.maxStreamedBytes());
            }
            return count == 0 ? -1 : count;
        } catch (Rejection rejection) {
            throw rejection.asException();
        }
    }

    /** The timeout begins anew only after some KiB, so that a byte now and then doesn't keep the request alive. */
    private void progress(int count) {
        progress += count;
        if (progress >= Http1Connection.BODY_PROGRESS_BYTES) {
            progress = 0;
            waitedMillis = 0;
        }
    }

    private void waitForMore() throws IOException, Rejection {
        sendContinue();
        long left = settings.bodyTimeout().toMillis() - waitedMillis;
        long start = System.nanoTime();
        try {
            if (left <= 0) {
                throw late();
            }
            if (!io.fill(left)) {
                throw new EOFException("The client has gone before the end of the body");
            }
        } catch (SocketTimeoutException timeout) {
            throw late();
        } catch (InterruptedIOException interrupted) { // the thread was interrupted; the client may be there
            if (exchange.connection().isStopping()) {
                throw Rejection.stopping();
            }
            throw interrupted;
        } catch (IOException e) {
            gone = e;
            throw e;
        }
        waitedMillis += TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    }

    private Rejection late() {
        exchange.countLateBody();
        return Rejection.timeout();
    }

    /** RFC 9110, section 10.1.1: the client is told to send the body when the handler first reads it. */
    private void sendContinue() throws IOException {
        if (continueExpected) {
            continueExpected = false;
            ResponseWriter.writeContinue(io.output());
            io.flush();
        }
    }

    /** Reads the whole body, or what is left of it, up to the limit for a whole body. */
    byte[] readWhole() throws IOException {
        if (over) {
            throw new IOException("The request was answered: its body can't be read any more");
        }
        try {
            long announced = begun ? Long.MAX_VALUE : exchange.announcedBytes();
            var whole = new BodyCollector(body, exchange.maxWholeBytes(), announced, exchange.memory());
            int before = io.input().remaining();
            while (!whole.read(io.input())) {
                progress(before - io.input().remaining());
                waitForMore();
                before = io.input().remaining();
            }
            return whole.bytes();
        } catch (Rejection rejection) {
            exchange.onBodyRejected(rejection);
            throw rejection.asException();
        }
    }

    /** Whether the client has gone before the body's end. */
    boolean isBrokenOff() {
        return gone != null;
    }

    /** Whether the connection is gone too. A client that has only closed its sending side still reads a response. */
    boolean isReset() {
        return isBrokenOff() && !(gone instanceof EOFException);
    }

    @Override
    public int available() {
        return 0;
    }

    /** Ends the stream with the answer; returns whether the client still waits for a 100 (Continue). */
    boolean end() {
        over = true;
        return continueExpected && !body.isComplete();
    }
}
