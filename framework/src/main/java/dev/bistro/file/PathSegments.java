package dev.bistro.file;

import dev.bistro.http.BadRequestException;
import dev.bistro.http.ForbiddenException;
import dev.bistro.http.PercentCoding;
import java.io.File;
import java.util.ArrayList;
import java.util.List;

/**
 * The names in a path, each checked by itself: together they can only lead downwards.
 *
 * @param isFolder whether there is a slash behind them, which only a folder has; there is one, so to say, behind none
 *     at all
 * @param isCanonical whether no name is empty: a file has one path, and {@code a//b} isn't another one
 */
record PathSegments(List<String> names, boolean isFolder, boolean isCanonical) {
    private static final int MAX_DECODINGS = 5;

    /**
     * Reads a path that was decoded once: the names of {@code "a/b c.txt"} are {@code ["a", "b c.txt"]}.
     *
     * @throws ForbiddenException if it has {@code ..}, a backslash or a control character; on Windows also for a name that means something special there
     */
    static PathSegments parse(String path) {
        var names = new ArrayList<String>();
        for (String name : path.split("/")) {
            if (!name.isEmpty()) {
                check(name);
                names.add(name);
            }
        }
        boolean isFolder = path.isEmpty() || path.endsWith("/");
        boolean isCanonical = !path.startsWith("/") && !path.contains("//");
        return new PathSegments(List.copyOf(names), isFolder, isCanonical);
    }

    private static void check(String name) {
        boolean control = name.chars().anyMatch(c -> Character.isISOControl(c) || c == '\\');
        boolean special = File.separatorChar == '\\' && WindowsNames.isSpecial(name);
        if (control || special || isUpwards(name)) {
            throw forbidden();
        }
    }

    /** Whether it is a step upwards, also if it was encoded more than once: nobody means well with that. */
    private static boolean isUpwards(String name) {
        String text = name;
        for (int i = 0; i < MAX_DECODINGS; i++) {
            // Windows ignores dots and spaces at the end of a name
            if (text.replace(".", "").isBlank() || text.contains("../") || text.contains("..\\")) {
                return text.contains(".");
            }
            if (text.indexOf('%') < 0) {
                return false;
            }
            text = decodedOnce(text);
        }
        return false;
    }

    private static String decodedOnce(String text) {
        try {
            return PercentCoding.decode(text, 0, text.length());
        } catch (BadRequestException notEncoded) {
            return text.replace("%2e", ".").replace("%2E", ".");
        }
    }

    boolean isEmpty() {
        return names.isEmpty();
    }

    /** Whether there may be a file at it. */
    boolean mayBeFile() {
        return isCanonical && !isFolder;
    }

    /** Whether one of the names begins with a dot. */
    boolean hasHidden() {
        return names.stream().anyMatch(name -> name.startsWith("."));
    }

    /** The names with slashes between them. */
    String joined() {
        return String.join("/", names);
    }

    static ForbiddenException forbidden() {
        return new ForbiddenException("That path is not allowed");
    }
}
