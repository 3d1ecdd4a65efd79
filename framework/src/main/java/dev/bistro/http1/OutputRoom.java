package dev.bistro.http1;

import dev.bistro.http.BytesPayload;
import dev.bistro.http.Payload;
import dev.bistro.http.spi.BodyRoom;
import dev.bistro.net.Output;

/** Room in the output of whoever runs the handler, behind the head that is written later. */
final class OutputRoom extends BodyRoom {
    private Output output; // that it was lent of the last time

    /** Lends what is behind all that was written to an output. */
    void lend(Output behind) {
        if (output != behind) {
            output = behind;
        }
        lend();
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
