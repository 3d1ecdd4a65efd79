/**
 * Content codings: gzip and deflate, of responses as the client likes them and of requests as they come. Wraps an application, so that every
 * transport has them. Not API: its types are public for the front door only.
 */
package dev.bistro.coding;
