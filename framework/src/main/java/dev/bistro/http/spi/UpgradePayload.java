package dev.bistro.http.spi;

import dev.bistro.http.Payload;

/**
 * The connection goes on in another protocol: the transport answers 101 with the response's headers, and hands the
 * connection over. The response has the status 101 and an {@code Upgrade} header.
 *
 * @param takeover what the connection is handed to; a kind that the transport doesn't know is answered with 500
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-7.8">RFC 9110, section 7.8</a>
 */
public record UpgradePayload(Takeover takeover) implements Payload {}
