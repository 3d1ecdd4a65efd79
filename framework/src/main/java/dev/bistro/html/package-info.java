/**
 * Pages: markup that escapes the values that are put into it, and the port for template libraries. API; it knows
 * nothing of HTTP.
 *
 * <p>In: a template and values. Out: markup that is safe to send. Begin with {@link dev.bistro.html.Html}, then
 * {@code TemplateScanner}, which cuts a template at its placeholders, {@code HtmlTokenizer}, which knows where in the
 * page each of them is, and {@code Slot}, which says how values are written there. {@code AttributeRules} has the lists
 * of attributes and elements.
 */
package dev.bistro.html;
