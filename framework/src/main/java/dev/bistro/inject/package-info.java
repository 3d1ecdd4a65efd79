/** Builds the user's objects, by the annotations of {@code jakarta.inject}. Not API: its types are public for the controller room only. */
package dev.bistro.inject;
