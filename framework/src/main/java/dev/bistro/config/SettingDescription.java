package dev.bistro.config;

import java.util.Optional;

/**
 * What there is to know of a setting before any source is asked.
 *
 * @param key its key: {@code server.port}; {@code shop.mirrors.<n>.url} of the records in a list
 * @param expected what its text has to be: {@code a whole number}
 * @param defaultText what it is where no source has it, stars for a secret; empty if there is no default
 * @param isRequired whether an application doesn't start without it
 * @param description what it is for; perhaps empty
 */
public record SettingDescription(
        String key, String expected, Optional<String> defaultText, boolean isRequired, String description) {}
