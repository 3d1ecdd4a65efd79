package dev.bistro.assets;

import java.util.List;

/**
 * Decides the {@code Cache-Control} of a file.
 *
 * @param rules rules by path; the first that matches counts
 * @param fingerprints whether a file with a fingerprint in its name is immutable
 * @param otherwise the value for all other files
 */
record CacheRules(List<Rule> rules, boolean fingerprints, String otherwise) {
    /** Immutable (RFC 8246); a year is the longest age that makes sense. */
    static final String IMMUTABLE = "public, max-age=31536000, immutable";

    record Rule(Glob files, String value) {}

    /** The value for the file at a path below the folder. */
    String of(String path) {
        for (Rule rule : rules) {
            if (rule.files.matches(path)) {
                return rule.value;
            }
        }
        boolean immutable = fingerprints && Fingerprint.isIn(path.substring(path.lastIndexOf('/') + 1));
        return immutable ? IMMUTABLE : otherwise;
    }
}
