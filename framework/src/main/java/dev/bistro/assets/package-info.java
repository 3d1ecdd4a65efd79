/**
 * Files that the application declares with {@code @StaticFiles}: from the declaration to a folder that answers requests. Not API: its types are public for
 * {@code controller}, which gives them routes.
 */
package dev.bistro.assets;
