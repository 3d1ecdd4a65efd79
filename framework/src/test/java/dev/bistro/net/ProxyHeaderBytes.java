package dev.bistro.net;

import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.CRC32C;

/** The bytes of a header of the PROXY protocol as {@code proxy/headers.txt} writes them. */
final class ProxyHeaderBytes {
    static final byte[] SIGNATURE = HexFormat.of().parseHex("0d0a0d0a000d0a515549540a");
    private static final int LENGTH_AT = 14;
    private static final int NOWHERE = -1;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private int wrongAt = NOWHERE;
    private boolean hasLength;
    private int checksumAt = NOWHERE;

    private ProxyHeaderBytes() {}

    static ProxyHeaderBytes of(String text) {
        var bytes = new ProxyHeaderBytes();
        if (text.startsWith("\"")) {
            bytes.text(text.substring(1, text.length() - 1).translateEscapes());
        } else {
            for (String token : text.split(" +")) {
                bytes.token(token);
            }
        }
        return bytes;
    }

    private void text(String text) {
        wrongAt = text.indexOf('^');
        out.writeBytes(text.replace("^", "").getBytes(StandardCharsets.ISO_8859_1));
    }

    private void token(String token) {
        if (token.equals("^")) {
            wrongAt = out.size();
        } else if (token.equals("sig")) {
            out.writeBytes(SIGNATURE);
        } else if (token.equals("len")) {
            hasLength = true;
            out.writeBytes(new byte[Short.BYTES]);
        } else if (token.equals("crc")) {
            out.writeBytes(HexFormat.of().parseHex("030004"));
            checksumAt = out.size();
            out.writeBytes(new byte[Integer.BYTES]);
        } else if (token.startsWith("/")) {
            out.writeBytes(Arrays.copyOf(token.getBytes(StandardCharsets.UTF_8), 108));
        } else if (token.startsWith(":")) {
            int port = Integer.parseInt(token.substring(1));
            out.writeBytes(new byte[] {(byte) (port >> Byte.SIZE), (byte) port});
        } else if (token.contains(".") || token.contains(":")) {
            out.writeBytes(address(token));
        } else if (token.contains("*")) {
            String[] parts = token.split("\\*");
            out.writeBytes(HexFormat.of().parseHex(parts[1].repeat(Integer.parseInt(parts[0]))));
        } else {
            out.writeBytes(HexFormat.of().parseHex(token));
        }
    }

    private static byte[] address(String literal) {
        try {
            return InetAddress.getByName(literal).getAddress();
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** How many bytes there are with the first wrong one; -1 if none is wrong. */
    int wrongAt() {
        return wrongAt;
    }

    byte[] bytes() {
        byte[] bytes = out.toByteArray();
        if (hasLength) {
            ByteBuffer.wrap(bytes).putShort(LENGTH_AT, (short) (bytes.length - LENGTH_AT - Short.BYTES));
        }
        if (checksumAt != NOWHERE) {
            ByteBuffer.wrap(bytes).putInt(checksumAt, checksum(bytes));
        }
        return bytes;
    }

    private static int checksum(byte[] bytes) {
        var checksum = new CRC32C();
        checksum.update(bytes);
        return (int) checksum.getValue();
    }
}
