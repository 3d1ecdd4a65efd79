/** What the user writes. */
package dev.bistro.annotation;
