package dev.bistro.wire;

/**
 * How far the references of DEFLATE data reach back. It has its own decoder, since Java's has the largest window and
 * doesn't tell.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc1951">RFC 1951</a>
 */
final class DeflateDistances {
    private static final int[] LENGTH_EXTRA = {
        0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0
    };
    private static final int[] DISTANCE_BASE = {
        1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097,
        6145, 8193, 12289, 16385, 24577
    };
    private static final int[] ORDER = {16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15};

    private final byte[] data;
    private int bit;
    private int largest;

    private DeflateDistances(byte[] data) {
        this.data = data;
    }

    /** The largest distance in data that ends with a byte boundary. */
    static int largest(byte[] data) {
        var reader = new DeflateDistances(data);
        while (reader.bit / 8 < data.length) {
            reader.block();
        }
        return reader.largest;
    }

    private void block() {
        bits(1);
        switch (bits(2)) {
            case 0 -> {
                bit = (bit + 7) / 8 * 8;
                int length = bits(16);
                bit += 16 + 8 * length;
            }
            case 1 -> codes(fixedLengths(), 288);
            case 2 -> dynamic();
            default -> throw new AssertionError("No such block");
        }
    }

    private static int[] fixedLengths() {
        int[] lengths = new int[288 + 30];
        for (int i = 0; i < lengths.length; i++) {
            lengths[i] = i < 144 ? 8 : i < 256 ? 9 : i < 280 ? 7 : i < 288 ? 8 : 5;
        }
        return lengths;
    }

    private void dynamic() {
        int literals = bits(5) + 257;
        int distances = bits(5) + 1;
        int count = bits(4) + 4;
        int[] ofLengths = new int[19];
        for (int i = 0; i < count; i++) {
            ofLengths[ORDER[i]] = bits(3);
        }
        var tree = new Tree(ofLengths, 0, 19);
        int[] lengths = new int[literals + distances];
        for (int i = 0; i < lengths.length; ) {
            int symbol = tree.read();
            int value = symbol < 16 ? symbol : symbol == 16 ? lengths[i - 1] : 0;
            int times = symbol < 16 ? 1 : symbol == 16 ? 3 + bits(2) : symbol == 17 ? 3 + bits(3) : 11 + bits(7);
            for (; times > 0; times--) {
                lengths[i++] = value;
            }
        }
        codes(lengths, literals);
    }

    private void codes(int[] lengths, int literals) {
        var literal = new Tree(lengths, 0, literals);
        var distance = new Tree(lengths, literals, lengths.length);
        for (int symbol = literal.read(); symbol != 256; symbol = literal.read()) {
            if (symbol > 256) {
                bits(LENGTH_EXTRA[symbol - 257]);
                int code = distance.read();
                largest = Math.max(largest, DISTANCE_BASE[code] + bits(Math.max(0, code / 2 - 1)));
            }
        }
    }

    private int bits(int count) {
        int value = 0;
        for (int i = 0; i < count; i++, bit++) {
            value |= (data[bit / 8] >> bit % 8 & 1) << i;
        }
        return value;
    }

    /** A canonical Huffman code. */
    private final class Tree {
        private final int[] counts = new int[16];
        private final int[] symbols;

        Tree(int[] lengths, int from, int to) {
            symbols = new int[to - from];
            for (int i = from; i < to; i++) {
                counts[lengths[i]]++;
            }
            counts[0] = 0;
            int at = 0;
            for (int length = 1; length < 16; length++) {
                for (int i = from; i < to; i++) {
                    if (lengths[i] == length) {
                        symbols[at++] = i - from;
                    }
                }
            }
        }

        int read() {
            int code = 0;
            int first = 0;
            int index = 0;
            for (int length = 1; length < 16; length++) {
                code |= bits(1);
                if (code - counts[length] < first) {
                    return symbols[index + code - first];
                }
                index += counts[length];
                first = first + counts[length] << 1;
                code <<= 1;
            }
            throw new AssertionError("No such code");
        }
    }
}
