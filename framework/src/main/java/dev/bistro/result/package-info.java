/**
 * From what a controller returns to a response: one small writer for each kind of result, chosen at startup. Not API: its types are
 * public for the controller room only.
 */
package dev.bistro.result;
