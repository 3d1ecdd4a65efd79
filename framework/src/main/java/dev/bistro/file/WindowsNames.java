package dev.bistro.file;

import java.util.Locale;
import java.util.Set;

/**
 * Names with a special meaning on Windows, which lead elsewhere than to a file of that name.
 *
 * @see <a href="https://learn.microsoft.com/en-us/windows/win32/fileio/naming-a-file">Naming files, paths, and
 *     namespaces</a>
 */
final class WindowsNames {
    private static final Set<String> DEVICES = Set.of("con", "prn", "aux", "nul", "conin$", "conout$");

    private WindowsNames() {}

    /**
     * Whether a name is a drive ({@code C:}), a stream ({@code a.txt::$DATA}) or a device ({@code nul.txt}), or ends
     * with a dot or a space, which Windows ignores.
     */
    static boolean isSpecial(String name) {
        return name.indexOf(':') >= 0 || name.endsWith(".") || name.endsWith(" ") || isDevice(name);
    }

    private static boolean isDevice(String name) {
        int dot = name.indexOf('.');
        String base = (dot < 0 ? name : name.substring(0, dot)).stripTrailing().toLowerCase(Locale.ROOT);
        return DEVICES.contains(base) || base.matches("(com|lpt)[0-9¹²³]");
    }
}
