package dev.bistro.routing;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The one reading of a path: it is cut at its slashes, and each segment is decoded by itself. Whoever decodes it first and cuts it then, as files and programs do that take
 * a value for a path, may read another one. This is where it is told that there is another one; {@link RouteTable#find} decides what comes of it.
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

    /** Whether it is known at first sight that there is one reading only. Most paths are such; it is all that they cost. */
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
     * The other reading of a path that begins with a slash, as the path of which it is the one reading: {@code /a/b} of {@code /x/..//a%2Fb}; null if there is none.
     *
     * @throws dev.bistro.http.BadRequestException if the path can't be percent-decoded to UTF-8
     */
    static String other(String path) {
        EncodedText.requireValid(path);
        Deque<String> names = new ArrayDeque<>();
        boolean differs = false;
        int start = 1;
        while (true) {
            int end = start;
            while (end < path.length() && !isSlash(path, end)) {
                end = EncodedText.next(path, end);
            }
            boolean last = end >= path.length();
            String name = path.substring(start, end);
            int dots = dots(name);
            differs |= dots > 0 || name.isEmpty() && !last || !last && path.charAt(end) != '/';
            if (dots == 2) {
                names.pollLast();
            } else if (dots == 0 && !name.isEmpty()) {
                names.add(name);
            }
            if (last) {
                return differs ? joined(names, dots > 0 || name.isEmpty()) : null;
            }
            start = EncodedText.next(path, end);
        }
    }

    /** Who reads {@code /a/b/.} or {@code /a/b//} may mean {@code /a/b}, too. */
    static String withoutSlashAtEnd(String path) {
        return path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    private static boolean isSlash(String path, int at) {
        int b = EncodedText.byteAt(path, at);
        return b == '/' || b == '\\';
    }

    /** 1 or 2 for the segments that mean this place and the one above (RFC 3986, section 3.3), however they are encoded; 0 for all others. */
    private static int dots(String name) {
        if (name.isEmpty() || name.length() > 6) {
            return 0;
        }
        int dots = 0;
        for (int at = 0; at < name.length(); at = EncodedText.next(name, at)) {
            if (EncodedText.byteAt(name, at) != '.') {
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
