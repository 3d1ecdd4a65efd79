/**
 * Pages: markup that escapes whatever is put into it ({@link dev.bistro.html.Html}), and the port for template libraries
 * ({@link dev.bistro.html.TemplateRenderer}). API; it knows nothing of HTTP.
 */
package dev.bistro.html;
