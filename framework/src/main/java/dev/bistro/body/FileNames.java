package dev.bistro.body;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Makes file names that a client claims harmless. */
final class FileNames {
    private static final int MAX_BYTES = 255;
    private static final String OF_FILE_SYSTEMS = "<>:\"|?*";

    private FileNames() {}

    /**
     * The last segment of a path of any operating system. Characters that don't display or that some file system
     * reserves are replaced by {@code _}, and spaces and dots at the end are dropped, as Windows does:
     * {@code sanitise("C:\\docs\\a?.txt")} is {@code a_.txt}. Empty if nothing is left.
     */
    static Optional<String> sanitise(String claimed) {
        String last = claimed.substring(Math.max(claimed.lastIndexOf('/'), claimed.lastIndexOf('\\')) + 1);
        var name = new StringBuilder();
        int bytes = 0;
        for (int c : last.strip().codePoints().toArray()) {
            String shown = isHarmless(c) ? Character.toString(c) : "_";
            bytes += shown.getBytes(StandardCharsets.UTF_8).length;
            if (bytes > MAX_BYTES) {
                break;
            }
            name.append(shown);
        }
        while (name.length() > 0 && " .".indexOf(name.charAt(name.length() - 1)) >= 0) {
            name.setLength(name.length() - 1);
        }
        return name.length() == 0 ? Optional.empty() : Optional.of(name.toString());
    }

    private static boolean isHarmless(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.UNASSIGNED -> false;
            default -> OF_FILE_SYSTEMS.indexOf(c) < 0;
        };
    }
}
