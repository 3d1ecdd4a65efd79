package dev.bistro.assets;

import java.util.List;

/**
 * What {@code Cache-Control} says of a file.
 *
 * @param rules those of files' names: the first one that fits counts
 * @param fingerprints whether a fingerprint in a file's name makes it immutable
 * @param otherwise for all other files
 */
record CacheRules(List<Rule> rules, boolean fingerprints, String otherwise) {
    /** RFC 8246; a year is as good as for ever. */
    static final String IMMUTABLE = "public, max-age=31536000, immutable";

    record Rule(Glob files, String value) {}

    /** For the file at a path below the folder. */
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
