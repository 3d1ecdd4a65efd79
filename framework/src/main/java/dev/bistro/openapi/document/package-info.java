/**
 * The OpenAPI document of an application, and the answers that have it. Not API.
 *
 * <p>In come the described routes and the schemas of {@code openapi.schema}; out goes a tree of maps and lists, as JSON
 * and as YAML. Begin with {@link dev.bistro.openapi.document.OpenApiDocument}; {@code Operations} makes one operation.
 *
 * @see <a href="https://spec.openapis.org/oas/v3.1.1.html">OpenAPI 3.1.1</a>
 * @see <a href="https://spec.openapis.org/oas/v3.2.0.html">OpenAPI 3.2.0</a>
 */
package dev.bistro.openapi.document;
