/**
 * How values of Java types look in JSON, as schemas of OpenAPI 3.1 (JSON Schema 2020-12). Not API.
 *
 * <p>What comes in: a Java type, and whether its values are read or written. What goes out: a tree of maps and lists,
 * and the components that it refers to. Jackson's own serializers and deserializers are asked, as the application's
 * mapper has set them up, so that a schema says what is done and not what is usual. Begin with
 * {@link dev.bistro.openapi.schema.Schemas}.
 */
package dev.bistro.openapi.schema;
