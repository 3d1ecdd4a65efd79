package dev.bistro.websocket.protocol;

/**
 * Validates UTF-8 as it arrives, cut anywhere: an error is reported at the first byte that can't follow the bytes
 * before it.
 *
 * <pre>
 * first byte   further bytes
 * 00..7F
 * C2..DF       80..BF
 * E0           A0..BF 80..BF          (no overlong forms)
 * E1..EC       80..BF 80..BF
 * ED           80..9F 80..BF          (no surrogates)
 * EE..EF       80..BF 80..BF
 * F0           90..BF 80..BF 80..BF
 * F1..F3       80..BF 80..BF 80..BF
 * F4           80..8F 80..BF 80..BF   (nothing above U+10FFFF)
 * </pre>
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc3629#section-4">RFC 3629, section 4</a>
 */
final class Utf8Check {
    private int missing;
    private int low = 0x80;
    private int high = 0xBF;

    /** Whether the bytes can follow those before them. */
    boolean accepts(byte[] bytes, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            if (!accepts(bytes[i] & 0xFF)) {
                return false;
            }
        }
        return true;
    }

    private boolean accepts(int b) {
        if (missing == 0) {
            return b < 0x80 || begins(b);
        }
        boolean continues = b >= low && b <= high;
        missing--;
        low = 0x80;
        high = 0xBF;
        return continues;
    }

    private boolean begins(int b) {
        if (b < 0xC2 || b > 0xF4) {
            return false;
        }
        missing = b < 0xE0 ? 1 : b < 0xF0 ? 2 : 3;
        low = b == 0xE0 ? 0xA0 : b == 0xF0 ? 0x90 : 0x80;
        high = b == 0xED ? 0x9F : b == 0xF4 ? 0x8F : 0xBF;
        return true;
    }

    /** Whether the bytes so far end with a complete character. */
    boolean isComplete() {
        return missing == 0;
    }

    /** Forgets all bytes so far. */
    void reset() {
        missing = 0;
        low = 0x80;
        high = 0xBF;
    }
}
