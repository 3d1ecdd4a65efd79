package dev.bistro.body;

import dev.bistro.http.MediaType;

/**
 * A writer, and the media type of what it writes.
 *
 * @param mediaType for the {@code Content-Type}, complete with a charset where there is one to name
 * @param writer writes the values
 */
public record MediaWriter(MediaType mediaType, BodyWriter writer) {}
