/**
 * What an exception becomes: the answer of an {@code @ExceptionHandler} method, or an error body. Not API: users write
 * {@code @ExceptionHandler} methods and throw {@code HttpException}s.
 *
 * <p>In comes a request and what was thrown; out goes a response. Begin with {@link dev.bistro.exception.ErrorMapper}, then
 * {@link dev.bistro.exception.ExceptionHandlers} for how the methods are found.
 */
package dev.bistro.exception;
