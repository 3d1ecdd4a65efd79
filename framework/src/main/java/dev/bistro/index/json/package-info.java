/**
 * Writes the source of the code that reads and writes an application's types as JSON, when they are compiled. Not API:
 * {@code index} has the annotation processor that calls it.
 *
 * <p>In come the classes that are compiled; out goes a class for each record that controllers, feeds and WebSockets
 * give and take. Begin with {@link dev.bistro.index.json.JsonSources}, then {@link dev.bistro.index.json.JsonRules} for
 * what can't be generated, and {@link dev.bistro.index.json.WriterSource} for the code.
 */
package dev.bistro.index.json;
