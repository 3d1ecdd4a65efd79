/**
 * Files as responses: safe ways from a request's path to a file, and a file as a complete response with validators,
 * preconditions and ranges. API.
 *
 * <p>In: a path that a client sent, and its request. Out: a response whose body is the file or parts of it. Begin with
 * {@link dev.bistro.file.SafePath} (its sibling for the class path is {@link dev.bistro.file.ResourceFolder}), then
 * {@link dev.bistro.file.FileResponse}, {@code FileResponder}, which decides between 200, 206, 304 and 416,
 * {@code OpenFile}, which says when an {@code ETag} can be trusted, and {@code KnownFiles}, which remembers what it is
 * safe to remember.
 */
package dev.bistro.file;
