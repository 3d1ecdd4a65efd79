/**
 * Settings from defaults, files, the environment, system properties and arguments, which are read into typed records.
 *
 * <p>At startup, a {@link dev.bistro.config.Settings.Builder} is given the sources, and {@link
 * dev.bistro.config.ConfigRecords} the records with {@code @Config}. Records with their values go out, and problems
 * with the key and the source of each wrong setting.
 *
 * <p>Begin with {@code Settings} (which source wins), then {@code ConfigRecords}, {@code RecordReaderFactory} (how a
 * component is read, by its type) and {@code TextReader}.
 */
package dev.bistro.config;
