package dev.bistro.routing;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The one reading of a path: it is cut at its slashes, and each segment is decoded by itself. Whoever decodes it first
 * and cuts it then, as files and programs do that take a value for a path, may read another one. This is where it is
 * told that there is another one; {@link RouteTable#find} decides what comes of it.
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

    /**
     * Whether it is known at first sight that there is one reading only. Most paths are such; it is all that they cost.
     */
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
     * The other reading of a path that begins with a slash, as the path of which it is the one reading: {@code /a/b} of
     * {@code /x/..//a%2Fb}; null if there is none.
     *
     * @throws dev.bistro.http.BadRequestException if the path can't be percent-decoded to UTF-8
     */
    static String other(String path) {
        EncodedText.requireValid(path);
        return hasOther(path) ? resolved(path) : null;
    }

    /** Told without making a new object, as most paths with a percent sign or a dot have one reading, too. */
    private static boolean hasOther(String path) {
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

    /** Where the next slash is, or backslash, encoded or not; or the path's end. */
    private static int segmentEnd(String path, int start) {
        int end = start;
        while (end < path.length() && !isSlash(path, end)) {
            end = EncodedText.next(path, end);
        }
        return end;
    }

    /** Who reads {@code /a/b/.} or {@code /a/b//} may mean {@code /a/b}, too. */
    static String withoutSlashAtEnd(String path) {
        return path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    private static boolean isSlash(String path, int at) {
        int b = EncodedText.byteAt(path, at);
        return b == '/' || b == '\\';
    }

    /**
     * 1 or 2 for the segments that mean this place and the one above (RFC 3986, section 3.3), however they are encoded;
     * 0 for all others.
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
