/** Bytes to requests and responses to bytes: HTTP/1.1 framing, keep-alive and pipelining. Not API: its types are public for the front door only. */
package dev.bistro.http1;
