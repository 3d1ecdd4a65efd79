/**
 * What an application implements to change its OpenAPI document. Begin with
 * {@link dev.bistro.openapi.OpenApiCustomizer}.
 */
package dev.bistro.openapi;
