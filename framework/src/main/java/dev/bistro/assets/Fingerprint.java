package dev.bistro.assets;

import java.util.regex.Pattern;

/**
 * Recognizes the fingerprints that build tools put into the names of files, so that a changed file has another name:
 * hexadecimal ones ({@code app.3f9a1c2b.js} of webpack and Parcel), and for scripts and styles eight characters of
 * Base32 ({@code app-4IHT5PEG.js} of esbuild). A name that is taken for one by mistake would keep an old file in caches
 * for a year, so digits alone (a date) and letters alone (a word) aren't fingerprints.
 */
final class Fingerprint {
    private static final Pattern HEX =
            Pattern.compile(".+[.-](?=[0-9]*[a-fA-F])(?=[a-fA-F]*[0-9])[0-9a-fA-F]{8,64}(\\.[A-Za-z0-9]+){1,2}");

    private static final Pattern BASE32 =
            Pattern.compile(".+[.-](?=[2-7]*[A-Z])(?=[A-Z]*[2-7])[A-Z2-7]{8}\\.(js|mjs|css)(\\.map)?");

    private Fingerprint() {}

    /** Whether a file's name has a fingerprint. */
    static boolean isIn(String name) {
        return HEX.matcher(name).matches() || BASE32.matcher(name).matches();
    }
}
