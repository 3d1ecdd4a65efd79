package dev.bistro.http1;

import dev.bistro.http.BytesPayload;
import dev.bistro.http.Payload;
import dev.bistro.http.spi.BodyRoom;
import dev.bistro.net.Output;

/**
 * Room in the output of whoever runs the handler, behind the head that is written later. Each output has its own, which
 * is lent to one exchange after the other, so that a connection refers to no output while it is idle.
 */
final class OutputRoom extends BodyRoom {
    private final Output output;

    private OutputRoom(Output output) {
        this.output = output;
    }

    /** Lends what is behind all that was written to an output. */
    static OutputRoom lendOf(Output output) {
        OutputRoom room = output.attachment() instanceof OutputRoom known ? known : attachTo(output);
        room.lend();
        return room;
    }

    private static OutputRoom attachTo(Output output) {
        var room = new OutputRoom(output);
        output.attach(room);
        return room;
    }

    @Override
    public boolean reserve(int likelyBytes) {
        int start = output.placeFor(likelyBytes);
        if (start < 0) {
            return false;
        }
        place(output.array(), start);
        return true;
    }

    /**
     * Ends the loan.
     *
     * @param answer the payload that the target has returned
     * @return whether the room can be lent once more: not if what is in it may be sent later, as that of a response
     *     which isn't there yet
     */
    boolean takeBack(Payload answer) {
        boolean isForLater = isTaken() && answer != this && !(answer instanceof BytesPayload);
        endLoan(isForLater);
        return !isForLater;
    }

    /** Forgets where it was. */
    void release() {
        clear();
    }
}
