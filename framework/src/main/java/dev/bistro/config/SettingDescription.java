package dev.bistro.config;

import java.util.Optional;

/**
 * What a setting is, before any source is read.
 *
 * @param key its key: {@code server.port}; {@code shop.mirrors.<n>.url} for records in a list
 * @param expected what its text must be: {@code a whole number}
 * @param defaultText its text if no source has it, stars for a secret; empty if there is no default
 * @param isRequired whether the application doesn't start without it
 * @param description what it is for; may be empty
 */
public record SettingDescription(
        String key, String expected, Optional<String> defaultText, boolean isRequired, String description) {
    /** The same setting, which may be left out. */
    SettingDescription optional() {
        return new SettingDescription(key, expected, defaultText, false, description);
    }
}
