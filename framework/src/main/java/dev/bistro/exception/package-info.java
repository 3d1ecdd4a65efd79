/**
 * Makes responses of exceptions: by an {@code @ExceptionHandler} method, or as an error body. Not API: users write
 * {@code @ExceptionHandler} methods and throw {@code HttpException}s.
 *
 * <p>In comes a request and what was thrown; out goes a response. Begin with {@link dev.bistro.exception.ErrorMapper},
 * then {@link dev.bistro.exception.ExceptionTable}; and {@link dev.bistro.exception.ExceptionHandlers} for how the
 * methods are found.
 */
package dev.bistro.exception;
