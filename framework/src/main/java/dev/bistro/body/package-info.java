/** Media types to values and back: the codecs, with Jackson behind the only class that imports it. */
package dev.bistro.body;
