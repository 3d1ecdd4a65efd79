/**
 * From a request to one Java argument each: the sources (path, query, header, cookie, form, body) and the conversions, chosen at startup. Not
 * API: its types are public for the controller room only.
 */
package dev.bistro.binding;
