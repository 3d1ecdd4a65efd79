/**
 * Turns the return value of a controller's method into a response. Not API: its types are public for the rooms
 * {@code controller}, {@code filter} and {@code exception} only.
 *
 * <p>At startup a method comes in, and a {@link dev.bistro.result.ResultWriter} goes out, which was chosen by the
 * method's return type and annotations. For every request, the writer takes the return value and gives a response.
 * Errors become responses by {@link dev.bistro.result.ErrorWriter}.
 *
 * <p>Begin with {@code ResultWriterFactory}, then {@code ValueWriterFactory} (the table of return types), then
 * {@code ContentWriters} and {@code WrappingWriters}.
 */
package dev.bistro.result;
