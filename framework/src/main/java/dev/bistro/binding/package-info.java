/**
 * From a request to one Java argument each: sources (path, query, header, cookie, form, body) and conversions. Not API:
 * its types are public for the rooms {@code controller} and {@code websocket.endpoint} only.
 *
 * <p>In come a method with its route at startup, and requests later; out come the method's arguments, or one
 * {@code BadRequestException} with all that is wrong. At startup, a {@code …Rule} chooses a {@code …Binder} for each
 * parameter; at request time only binders run.
 *
 * <p>Begin with {@link dev.bistro.binding.MethodBinder} (what a request runs through), then
 * {@link dev.bistro.binding.ParameterRule} and {@link dev.bistro.binding.ParameterSource} (the tables of annotations
 * and sources), {@link dev.bistro.binding.Multiplicity} (one, optional, many), and
 * {@link dev.bistro.binding.Conversions}.
 */
package dev.bistro.binding;
