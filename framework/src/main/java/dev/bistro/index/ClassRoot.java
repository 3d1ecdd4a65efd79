package dev.bistro.index;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** A folder or archive of the class path. */
interface ClassRoot extends Closeable {
    /** Where it is. */
    Path path();

    /** Its class files below a folder ({@code "shop/"}, or {@code ""} for all) with their checksums; none if the folder isn't there. */
    Map<String, Long> checksums(String folder) throws IOException;

    /** A file in it; empty if it isn't there. */
    Optional<BufferedReader> open(String file) throws IOException;
}
