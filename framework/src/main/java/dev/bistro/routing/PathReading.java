package dev.bistro.routing;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The one reading of a path: it is split at its slashes, then each segment is decoded. Whoever decodes it first and
 * splits it then, as files and programs that take it as a value do, may read a different path. This class finds that
 * alternative reading; {@link RouteTable#find} decides what to do about it.
 *
 * <pre>
 * /a/b, /a%20b, /a;x=1/b, /a/      one reading
 * /a%2Fb, /a%5Cb, /a\b             may also be read as /a/b
 * //a, /a//b                       may also be read as /a, /a/b
 * /a/./b, /x/../a/%2e/b            may also be read as /a/b
 * </pre>
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc3986#section-6.2.2">RFC 3986, section 6.2.2</a>
 */
final class PathReading {
    private PathReading() {}

    /** Whether the path has one reading, found by a quick look that is enough for most paths. */
    static boolean isPlain(String path) {
        boolean afterSlash = false;
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            if (c == '%' || c == '\\' || afterSlash && (c == '/' || c == '.')) {
                return false;
            }
            afterSlash = c == '/';
        }
        return true;
    }

    /**
     * The alternative reading of a path that begins with a slash, as a path with one reading: {@code /a/b} for
     * {@code /x/..//a%2Fb}; null if there is none.
     *
     * @throws dev.bistro.http.BadRequestException if the path can't be percent-decoded to UTF-8
     */
    static String alternative(String path) {
        EncodedText.requireValid(path);
        return hasAlternative(path) ? resolved(path) : null;
    }

    /** Whether there is one; doesn't allocate, since most paths with a percent sign or a dot have one reading too. */
    private static boolean hasAlternative(String path) {
        for (int start = 1; ; ) {
            int end = segmentEnd(path, start);
            boolean last = end >= path.length();
            if (dots(path, start, end) > 0 || !last && (start == end || path.charAt(end) != '/')) {
                return true;
            }
            if (last) {
                return false;
            }
            start = end + 1;
        }
    }

    private static String resolved(String path) {
        Deque<String> names = new ArrayDeque<>();
        for (int start = 1; ; ) {
            int end = segmentEnd(path, start);
            int dots = dots(path, start, end);
            if (dots == 2) {
                names.pollLast();
            } else if (dots == 0 && start < end) {
                names.add(path.substring(start, end));
            }
            if (end >= path.length()) {
                return joined(names, dots > 0 || start == end);
            }
            start = EncodedText.next(path, end);
        }
    }

    /** The index of the next slash or backslash, encoded or not; or the path's end. */
    private static int segmentEnd(String path, int start) {
        int end = start;
        while (end < path.length() && !isSlash(path, end)) {
            end = EncodedText.next(path, end);
        }
        return end;
    }

    /** The path without a slash at its end: a reader of {@code /a/b/.} or {@code /a/b//} may mean {@code /a/b}. */
    static String withoutSlashAtEnd(String path) {
        return path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    private static boolean isSlash(String path, int at) {
        int b = EncodedText.byteAt(path, at);
        return b == '/' || b == '\\';
    }

    /**
     * The number of dots of a dot segment (RFC 3986, section 3.3), however it is encoded: 1 or 2; 0 for any other
     * segment.
     */
    private static int dots(String path, int start, int end) {
        int dots = 0;
        for (int at = start; at < end; at = EncodedText.next(path, at)) {
            if (EncodedText.byteAt(path, at) != '.') {
                return 0;
            }
            dots++;
        }
        return dots <= 2 ? dots : 0;
    }

    private static String joined(Deque<String> names, boolean slashAtEnd) {
        return "/" + String.join("/", names) + (slashAtEnd && !names.isEmpty() ? "/" : "");
    }
}
