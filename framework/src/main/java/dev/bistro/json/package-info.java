/**
 * What an application implements to adjust its JSON by means of Jackson; the rest of the API doesn't name Jackson.
 * Begin with {@link dev.bistro.json.JsonMapperCustomizer}.
 */
package dev.bistro.json;
