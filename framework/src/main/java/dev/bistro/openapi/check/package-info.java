/**
 * Holds OpenAPI documents against answers, and against their former selves. For tests. Not API.
 *
 * <p>In come documents as trees of maps, lists and plain values, and answers as clients get them; out go sentences of
 * what is wrong, or of what has changed. Begin with {@link dev.bistro.openapi.check.AnswerCheck} for answers, which
 * asks {@link dev.bistro.openapi.check.SchemaCheck} about their bodies, and with
 * {@link dev.bistro.openapi.check.DocumentChanges} for what a change of the document means for clients.
 *
 * @see <a href="https://spec.openapis.org/oas/v3.1.1.html">OpenAPI 3.1.1</a>
 */
package dev.bistro.openapi.check;
