package dev.bistro.routing;

/**
 * Whether a percent-encoded path is UTF-8, told without making a new object.
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
            int tails = tails(lead);
            for (int i = 0; i < tails; i++) {
                if (at >= path.length() || !isEncoding(path, at)) {
                    return false;
                }
                int tail = EncodedText.byteAt(path, at);
                if (tail < (i == 0 ? least(lead) : 0x80) || tail > (i == 0 ? largest(lead) : 0xBF)) {
                    return false;
                }
                at = EncodedText.next(path, at);
            }
            if (tails < 0) {
                return false;
            }
        }
        return true;
    }

    /** Whether there is a character that stands for itself, or a percent sign with two digits. */
    private static boolean isEncoding(String path, int at) {
        return path.charAt(at) != '%'
                || at + 2 < path.length()
                        && Character.digit(path.charAt(at + 1), 16) >= 0
                        && Character.digit(path.charAt(at + 2), 16) >= 0;
    }

    /** How many bytes follow this one; -1 for one that begins nothing. */
    private static int tails(int lead) {
        if (lead < 0x80) {
            return 0;
        }
        if (lead < 0xC2 || lead > 0xF4) {
            return -1;
        }
        return lead < 0xE0 ? 1 : lead < 0xF0 ? 2 : 3;
    }

    /** No overlong form: UTF8-3 begins with E0 A0, UTF8-4 with F0 90. */
    private static int least(int lead) {
        return lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
    }

    /** No surrogate and nothing above U+10FFFF: they would begin with ED A0 and F4 90. */
    private static int largest(int lead) {
        return lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
    }
}
