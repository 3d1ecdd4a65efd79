package dev.bistro.config;

/**
 * A setting as it counts.
 *
 * @param setting with what its placeholders stand for
 * @param isSecret whether one of them stands for a secret
 */
record ResolvedSetting(Setting setting, boolean isSecret) {}
