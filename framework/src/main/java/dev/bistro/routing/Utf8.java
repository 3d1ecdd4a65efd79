package dev.bistro.routing;

/**
 * Checks whether a percent-encoded path is UTF-8, without allocating.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc3629#section-4">RFC 3629, section 4</a>
 */
final class Utf8 {
    private Utf8() {}

    static boolean isValid(String path) {
        int at = 0;
        while (at < path.length()) {
            if (!isEncoding(path, at)) {
                return false;
            }
            int lead = EncodedText.byteAt(path, at);
            at = EncodedText.next(path, at);
            int continuationCount = continuationCount(lead);
            for (int i = 0; i < continuationCount; i++) {
                if (at >= path.length() || !isEncoding(path, at)) {
                    return false;
                }
                int continuation = EncodedText.byteAt(path, at);
                if (continuation < (i == 0 ? leastSecond(lead) : 0x80)
                        || continuation > (i == 0 ? largestSecond(lead) : 0xBF)) {
                    return false;
                }
                at = EncodedText.next(path, at);
            }
            if (continuationCount < 0) {
                return false;
            }
        }
        return true;
    }

    /** Whether there is a character other than a percent sign, or a percent sign with two digits. */
    private static boolean isEncoding(String path, int at) {
        return path.charAt(at) != '%'
                || at + 2 < path.length()
                        && Character.digit(path.charAt(at + 1), 16) >= 0
                        && Character.digit(path.charAt(at + 2), 16) >= 0;
    }

    /** How many bytes follow a first byte; -1 if it can't be one. */
    private static int continuationCount(int lead) {
        if (lead < 0x80) {
            return 0;
        }
        if (lead < 0xC2 || lead > 0xF4) {
            return -1;
        }
        return lead < 0xE0 ? 1 : lead < 0xF0 ? 2 : 3;
    }

    /** The least second byte, which excludes overlong forms: after E0 it is A0, after F0 it is 90. */
    private static int leastSecond(int lead) {
        return lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
    }

    /**
     * The largest second byte, which excludes surrogates and everything above U+10FFFF: after ED it is 9F, after
     * F4 it is 8F.
     */
    private static int largestSecond(int lead) {
        return lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
    }
}
