package dev.bistro.result;

import dev.bistro.http.MediaType;
import java.util.Optional;

/**
 * One way in which a method's results are written.
 *
 * @param mediaType what it is written as; empty where that is known only when the result is there
 * @param writer writes it
 */
public record Representation(Optional<MediaType> mediaType, ResultWriter writer) {}
