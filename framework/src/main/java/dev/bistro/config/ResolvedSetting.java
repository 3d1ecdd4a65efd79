package dev.bistro.config;

/**
 * A setting whose placeholders are replaced.
 *
 * @param setting its value has the texts that the placeholders stand for
 * @param isSecret whether a placeholder stands for a secret
 */
record ResolvedSetting(Setting setting, boolean isSecret) {}
