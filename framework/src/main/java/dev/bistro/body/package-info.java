/**
 * Media types to Java values and back: codecs, and forms with the files that come with them. Implement
 * {@link dev.bistro.body.BodyCodec} for a format that Bistro doesn't bring.
 *
 * <p>In come types at startup, and bytes or values at request time; out come readers and writers, then values or bytes.
 * Begin reading with {@link dev.bistro.body.BodyCodec} and {@link dev.bistro.body.BodyCodecs} (which codec is chosen),
 * then {@link dev.bistro.body.ContentTypeReader} for a request's body, and {@link dev.bistro.body.FormReader} for
 * forms.
 */
package dev.bistro.body;
