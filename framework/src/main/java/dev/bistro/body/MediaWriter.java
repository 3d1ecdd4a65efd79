package dev.bistro.body;

import dev.bistro.http.MediaType;

/**
 * A writer with the media type of what it writes.
 *
 * @param mediaType for the {@code Content-Type}, with its charset if it has one
 * @param writer writes the values
 */
public record MediaWriter(MediaType mediaType, BodyWriter writer) {}
