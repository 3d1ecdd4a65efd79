package dev.bistro.http1;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/**
 * The addresses that begin with the same bits: {@code 10.0.0.0/8}, or a single one.
 *
 * @param first the first of them, as bytes
 * @param bits how many bits all have in common
 * @see <a href="https://www.rfc-editor.org/rfc/rfc4632#section-3.1">RFC 4632, section 3.1</a>
 */
record AddressRange(byte[] first, int bits) {
    private static final int MAPPED_BITS = 96; // ::ffff:0:0/96, RFC 4291, section 2.5.5.2

    /**
     * Reads an address or a range.
     *
     * @throws IllegalArgumentException if it is neither; the message goes on from the text
     */
    static AddressRange parse(String text) {
        int slash = text.indexOf('/');
        String address = slash < 0 ? text : text.substring(0, slash);
        byte[] first = AddressLiteral.parse(address)
                .map(InetAddress::getAddress)
                .orElseThrow(() -> new IllegalArgumentException("is neither an address, nor a range such as 10.0.0.0/8"
                        + " or 2001:db8::/32, nor the word unix"));
        boolean isMapped = first.length == 4 && address.indexOf(':') >= 0;
        int most = isMapped ? MAPPED_BITS + Integer.SIZE : 8 * first.length;
        int bits = slash < 0 ? most : bits(text.substring(slash + 1), isMapped ? MAPPED_BITS : 0, most);
        var range = new AddressRange(first, isMapped ? bits - MAPPED_BITS : bits);
        range.requireNoFurtherBits();
        return range;
    }

    private static int bits(String text, int least, int most) {
        int bits = text.matches("0|[1-9]\\d{0,2}") ? Integer.parseInt(text) : -1;
        if (bits < least || bits > most) {
            throw new IllegalArgumentException("has to end with a number of bits from " + least + " to " + most);
        }
        return bits;
    }

    /** Whoever writes {@code 10.1.2.3/8} has another range in mind than the one that it is. */
    private void requireNoFurtherBits() {
        byte[] masked = first.clone();
        for (int i = bits; i < 8 * masked.length; i++) {
            masked[i / 8] &= (byte) ~(0x80 >> i % 8);
        }
        if (!Arrays.equals(masked, first)) {
            throw new IllegalArgumentException(
                    "doesn't begin its range: write " + text(masked) + "/" + bits + ", or " + text(first) + " alone");
        }
    }

    private static String text(byte[] address) {
        try {
            return InetAddress.getByAddress(address).getHostAddress();
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e); // for a length that no address has
        }
    }

    boolean contains(InetAddress address) {
        return contains(address.getAddress());
    }

    private boolean contains(byte[] address) {
        if (address.length != first.length) {
            return false;
        }
        int whole = bits / 8;
        for (int i = 0; i < whole; i++) {
            if (address[i] != first[i]) {
                return false;
            }
        }
        int rest = bits % 8;
        return rest == 0 || ((address[whole] ^ first[whole]) & 0xFF) >> 8 - rest == 0;
    }
}
