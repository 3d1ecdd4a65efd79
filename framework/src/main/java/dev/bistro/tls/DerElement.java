package dev.bistro.tls;

import java.math.BigInteger;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;

/**
 * An element of DER (ITU-T X.690). Whatever isn't DER is a {@link GeneralSecurityException} whose message has nothing
 * of the content. {@link Der} writes it.
 *
 * @param tag the byte that tells the type: {@link Der#SEQUENCE}
 * @param content what follows the length
 */
record DerElement(int tag, byte[] content) {
    private static final int MOST_LENGTH_BYTES = 3; // since no file that is read here is longer
    private static final int MOST_OID_BYTES = 64;

    /** The only element of these bytes. */
    static DerElement of(byte[] bytes) throws GeneralSecurityException {
        List<DerElement> elements = listOf(bytes);
        if (elements.size() != 1) {
            throw malformed();
        }
        return elements.get(0);
    }

    /** The elements that follow each other in these bytes. */
    static List<DerElement> listOf(byte[] bytes) throws GeneralSecurityException {
        var elements = new ArrayList<DerElement>();
        ByteBuffer rest = ByteBuffer.wrap(bytes);
        try {
            while (rest.hasRemaining()) {
                int tag = rest.get() & 0xff;
                var content = new byte[length(rest)];
                rest.get(content);
                elements.add(new DerElement(tag, content));
            }
        } catch (BufferUnderflowException cutOff) {
            throw malformed();
        }
        return elements;
    }

    private static int length(ByteBuffer rest) throws GeneralSecurityException {
        int first = rest.get() & 0xff;
        if (first < 0x80) {
            return first;
        }
        int bytes = first & 0x7f;
        int length = 0;
        if (bytes > MOST_LENGTH_BYTES) {
            throw malformed();
        }
        for (int i = 0; i < bytes; i++) {
            length = length << 8 | rest.get() & 0xff;
        }
        boolean isShortest = length >= 0x80 && length >>> (8 * (bytes - 1)) != 0;
        if (!isShortest || length > rest.remaining()) {
            throw malformed();
        }
        return length;
    }

    /** The elements inside this one. */
    List<DerElement> children() throws GeneralSecurityException {
        return listOf(content);
    }

    /** The element with this index inside this one, which must have this tag. */
    DerElement child(int index, int expectedTag) throws GeneralSecurityException {
        List<DerElement> children = children();
        if (index >= children.size() || children.get(index).tag != expectedTag) {
            throw malformed();
        }
        return children.get(index);
    }

    /** The object identifier that this element is, as numbers with dots: {@code "2.5.4.3"}. */
    String oid() throws GeneralSecurityException {
        if (tag != Der.OID || content.length == 0 || content.length > MOST_OID_BYTES) {
            throw malformed();
        }
        var text = new StringBuilder();
        BigInteger arc = BigInteger.ZERO;
        for (byte part : content) {
            arc = arc.shiftLeft(7).or(BigInteger.valueOf(part & 0x7f));
            if (part >= 0) {
                text.append(text.isEmpty() ? firstTwo(arc) : "." + arc);
                arc = BigInteger.ZERO;
            }
        }
        return text.toString();
    }

    private static String firstTwo(BigInteger arc) {
        int first = arc.min(BigInteger.valueOf(80)).intValue() / 40;
        return first + "." + arc.subtract(BigInteger.valueOf(40L * first));
    }

    /** The whole number that this element is, if it is one that an {@code int} can hold, otherwise -1. */
    int smallInteger() {
        boolean isInt = tag == Der.INTEGER && content.length > 0 && content.length <= Integer.BYTES;
        return isInt ? new BigInteger(content).intValue() : -1;
    }

    byte[] encoded() {
        return Der.element(tag, content);
    }

    static GeneralSecurityException malformed() {
        return new GeneralSecurityException("This isn't DER of the expected structure.");
    }
}
