/**
 * Content codings: gzip and deflate. Not API: its types are public for the front door only.
 *
 * <p>An {@link dev.bistro.http.spi.Application} comes in, and goes out wrapped, so that every transport has the
 * codings: its targets get decoded requests, and their responses are encoded as the client accepts it.
 *
 * <p>Begin with {@code ContentCodings}, then {@code CodedTarget} and {@code ResponseEncoding}; {@code DecodedStream}
 * and {@code EncodedOutput} do the work.
 */
package dev.bistro.coding;
