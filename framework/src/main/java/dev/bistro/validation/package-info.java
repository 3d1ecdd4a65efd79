/**
 * Constraints on what methods take, where jakarta.validation is on the class path. Not API: its types are public for the controller room only.
 */
package dev.bistro.validation;
