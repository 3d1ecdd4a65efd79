package dev.bistro.result;

import dev.bistro.http.MediaType;
import java.util.Optional;

/**
 * One media type of a method's results.
 *
 * @param mediaType what they are written as; empty where only the result itself decides that
 * @param writer writes them
 * @param described what it answers with
 */
public record Representation(Optional<MediaType> mediaType, ResultWriter writer, ResultDescription described) {}
