/** Media types to values and back: the codecs, with Jackson behind the only class that imports it; and forms, with the files that come with them. */
package dev.bistro.body;
