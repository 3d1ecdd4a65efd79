/**
 * Files as answers: safe ways from a request's path to a file ({@link dev.bistro.file.SafePath}, and for the class path
 * {@link dev.bistro.file.ResourceFolder}), and a file as a complete response ({@link dev.bistro.file.FileResponse}) with validators, conditions and ranges.
 * API.
 */
package dev.bistro.file;
