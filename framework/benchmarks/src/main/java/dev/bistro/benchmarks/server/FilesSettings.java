package dev.bistro.benchmarks.server;

import dev.bistro.annotation.Config;
import dev.bistro.annotation.DefaultValue;
import java.nio.file.Path;

/** The folder whose files are sent. */
@Config("bench")
record FilesSettings(@DefaultValue("target") Path files) {}
