/**
 * Constraints on what methods take and settings say, where jakarta.validation is on the class path. Not API: its types
 * are public for the rooms beside it only.
 */
package dev.bistro.validation;
