/**
 * JSON bodies. Not API: users register a {@code BodyCodec} of their own where they need another. The only room that uses
 * Jackson.
 *
 * <p>In come types and bytes; out go values, or bytes of JSON. Begin with {@link dev.bistro.body.json.JsonCodec}, then
 * {@link dev.bistro.body.json.JsonMapping} for how Jackson is set up, and {@link dev.bistro.body.json.JsonFaults} for the
 * words that a client gets.
 */
package dev.bistro.body.json;
