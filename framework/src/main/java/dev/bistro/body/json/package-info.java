/**
 * JSON bodies. Not API: users register a {@code BodyCodec} of their own where they need another. The only room that
 * uses Jackson.
 *
 * <p>In come types and bytes; out go values, bytes of JSON, or what is wrong with a body. Begin with
 * {@link dev.bistro.body.json.JsonCodec}, then {@link dev.bistro.body.json.JsonMapperFactory} for the set-up of
 * Jackson, with {@link dev.bistro.body.json.AnnotationRules} for what annotations say, and
 * {@link dev.bistro.body.json.JsonFaults} for the words that a client gets.
 */
package dev.bistro.body.json;
