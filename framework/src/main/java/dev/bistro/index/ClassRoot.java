package dev.bistro.index;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** A folder or archive of the class path. */
interface ClassRoot extends Closeable {
    /** The path of the folder or archive. */
    Path path();

    /**
     * The class files below a folder ({@code "shop/"}, or {@code ""} for all) with their checksums; empty if there is
     * no such folder.
     */
    Map<String, Long> checksums(String folder) throws IOException;

    /** Opens a file in it; empty if there is no such file. */
    Optional<BufferedReader> open(String file) throws IOException;
}
