package dev.bistro.file;

import dev.bistro.http.BadRequestException;
import dev.bistro.http.ForbiddenException;
import dev.bistro.http.PercentCoding;
import java.io.File;
import java.util.ArrayList;
import java.util.List;

/**
 * The names in a path. Each was checked, so that they can only lead downwards.
 *
 * @param isFolder whether the path ends with a slash or is empty, and so means a folder
 * @param isCanonical whether no name is empty: each file has just one path, and {@code a//b} isn't that of {@code a/b}
 */
record PathSegments(List<String> names, boolean isFolder, boolean isCanonical) {
    private static final int MAX_DECODINGS = 5;

    /**
     * Parses a path that was percent-decoded once: {@code "a/b c.txt"} has the names {@code ["a", "b c.txt"]}.
     *
     * @throws ForbiddenException if it has {@code ..}, a backslash or a control character; on Windows also for a name
     *     with a special meaning there
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

    /** Whether a name is a step upwards, even one that was percent-encoded several times: only an attack has that. */
    private static boolean isUpwards(String name) {
        String text = name;
        for (int i = 0; i < MAX_DECODINGS; i++) {
            // spaces too: Windows ignores dots and spaces at the end of a name
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

    /** Whether the path may be that of a file. */
    boolean mayBeFile() {
        return isCanonical && !isFolder;
    }

    /** Whether a name begins with a dot, as those of hidden files do. */
    boolean hasHidden() {
        return names.stream().anyMatch(name -> name.startsWith("."));
    }

    /** The names, joined by slashes. */
    String joined() {
        return String.join("/", names);
    }

    static ForbiddenException forbidden() {
        return new ForbiddenException("That path is not allowed");
    }
}
