package dev.bistro.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

/** Headers of the PROXY protocol that nobody thought of; the same ones in each run. */
class ProxyHeaderFuzzTest {
    private static final int ROUNDS = 10_000;
    private static final int MAX_BYTES = 4_096;

    private final Random random = new Random(16);

    private record Header(byte[] bytes, InetSocketAddress source, InetSocketAddress destination) {}

    private Header any() throws IOException {
        boolean isIpv4 = random.nextBoolean();
        var source = new InetSocketAddress(address(isIpv4), random.nextInt(65_536));
        var destination = new InetSocketAddress(address(isIpv4), random.nextInt(65_536));
        return new Header(
                random.nextBoolean() ? text(isIpv4, source, destination) : binary(isIpv4, source, destination),
                source,
                destination);
    }

    /** With zeros often, so that there is something to leave out. */
    private InetAddress address(boolean isIpv4) throws UnknownHostException {
        byte[] address = new byte[isIpv4 ? 4 : 16];
        random.nextBytes(address);
        for (int i = 1; i < address.length; i++) {
            address[i] = random.nextInt(3) == 0 ? address[i] : 0;
        }
        address[0] |= 0x20; // not one that is mapped into IPv6
        return InetAddress.getByAddress(address);
    }

    private byte[] text(boolean isIpv4, InetSocketAddress source, InetSocketAddress destination) {
        return ("PROXY TCP" + (isIpv4 ? "4 " : "6 ") + text(source) + " " + text(destination) + " " + source.getPort()
                        + " " + destination.getPort() + "\r\n")
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Sometimes with zeros left out, in capitals, or with four digits a group. */
    private String text(InetSocketAddress address) {
        String text = address.getAddress().getHostAddress();
        if (text.contains(":")) {
            text = random.nextBoolean() ? text.replaceFirst("(:0){2,}:", "::") : text;
            text = random.nextBoolean() ? text.replaceFirst(":([0-9a-f]{3})\\b", ":0$1") : text;
            text = random.nextBoolean() ? text.toUpperCase() : text;
        }
        return text;
    }

    private byte[] binary(boolean isIpv4, InetSocketAddress source, InetSocketAddress destination) throws IOException {
        var out = new ByteArrayOutputStream();
        out.writeBytes(ProxyHeaderBytes.SIGNATURE);
        out.writeBytes(new byte[] {0x21, (byte) (isIpv4 ? 0x11 : 0x21), 0, 0});
        out.writeBytes(source.getAddress().getAddress());
        out.writeBytes(destination.getAddress().getAddress());
        writeShort(out, source.getPort());
        writeShort(out, destination.getPort());
        int checksumAt = writeTlvs(out);
        ByteBuffer header = ByteBuffer.wrap(out.toByteArray());
        header.putShort(14, (short) (header.capacity() - 16));
        if (checksumAt > 0) {
            var checksum = new CRC32C();
            checksum.update(header.array());
            header.putInt(checksumAt, (int) checksum.getValue());
        }
        return header.array();
    }

    /** Up to four of any kind, and one of them may be the checksum; returns where that is. */
    private int writeTlvs(ByteArrayOutputStream out) {
        int checksumAt = 0;
        for (int left = random.nextInt(5); left > 0; left--) {
            int type = random.nextInt(256);
            boolean isChecksum = checksumAt == 0 && random.nextInt(4) == 0;
            byte[] value = new byte[isChecksum ? 4 : random.nextInt(300)];
            random.nextBytes(value);
            out.write(isChecksum ? 3 : type == 3 ? 4 : type);
            writeShort(out, value.length);
            checksumAt = isChecksum ? out.size() : checksumAt;
            out.writeBytes(isChecksum ? new byte[4] : value);
        }
        return checksumAt;
    }

    private static void writeShort(ByteArrayOutputStream out, int number) {
        out.write(number >> Byte.SIZE);
        out.write(number);
    }

    @Test
    void readsWhatAProxyWrites() throws IOException {
        for (int i = 0; i < ROUNDS; i++) {
            Header header = any();
            byte[] bytes = Arrays.copyOf(header.bytes, header.bytes.length + random.nextInt(20));
            ProxyHeader read = ProxyHeader.parse(bytes, 0, bytes.length);
            assertEquals(new ProxyHeader(header.bytes.length, header.source, header.destination), read);
        }
    }

    /** What is refused stays refused, what is a header stays one, and nothing is waited for without end. */
    @Test
    void knowsMoreWithEachByteAndNothingElse() throws IOException {
        int headers = 0;
        int refused = 0;
        for (int i = 0; i < ROUNDS / 10; i++) {
            byte[] bytes = changed(any().bytes);
            Optional<ProxyHeader> read = Optional.empty();
            boolean isRefused = false;
            for (int count = 0; count <= bytes.length && count <= 600; count++) {
                try {
                    ProxyHeader header = ProxyHeader.parse(bytes, 0, count);
                    assertTrue(!isRefused, "taken after it was refused");
                    assertTrue(read.isEmpty() || read.get().equals(header), "another after more bytes");
                    assertTrue(header == null || header.length() <= count);
                    assertTrue(header != null || count < MAX_BYTES);
                    read = Optional.ofNullable(header);
                } catch (MalformedProxyHeaderException fault) {
                    assertTrue(read.isEmpty(), "refused after it was taken");
                    isRefused = true;
                }
            }
            headers += read.isPresent() ? 1 : 0;
            refused += isRefused ? 1 : 0;
        }
        assertTrue(headers > ROUNDS / 50, "headers: " + headers);
        assertTrue(refused > ROUNDS / 50, "refused: " + refused);
    }

    /** Some bytes are others, are left out, or come twice. */
    private byte[] changed(byte[] bytes) {
        byte[] changed = bytes.clone();
        for (int left = random.nextInt(3); left > 0; left--) {
            int at = random.nextInt(Math.min(changed.length, 60));
            switch (random.nextInt(4)) {
                case 0 -> changed[at] = (byte) random.nextInt(256);
                case 1 -> changed[at] = (byte) " .:0129afPT\r\n\0".charAt(random.nextInt(14));
                case 2 -> System.arraycopy(changed, at + 1, changed, at, changed.length - at - 1);
                default -> System.arraycopy(bytes, at, changed, at, Math.min(at, bytes.length - at));
            }
        }
        return changed;
    }

    @Test
    void waitsForNoMoreThanAHeaderCanHave() throws IOException {
        for (int i = 0; i < ROUNDS; i++) {
            byte[] bytes = new byte[MAX_BYTES];
            random.nextBytes(bytes);
            byte[] beginning = any().bytes;
            System.arraycopy(beginning, 0, bytes, 0, Math.min(beginning.length, random.nextInt(80)));
            try {
                assertNotNull(ProxyHeader.parse(bytes, 0, bytes.length));
            } catch (MalformedProxyHeaderException refused) {
                // most of them
            }
        }
    }

    /** Against the JDK, which reads all that is here and more: groups of five digits, and octal parts. */
    @Test
    void readsAddressesAsTheJdkDoes() throws IOException {
        int taken = 0;
        for (int i = 0; i < 10 * ROUNDS; i++) {
            String address = anyAddress();
            Optional<InetAddress> ours = parse(address);
            Optional<InetAddress> theirs = jdk(address);
            boolean isOurs = !address.matches(".*([0-9a-f]{5}|\\.).*");
            assertTrue(ours.isEmpty() ? theirs.isEmpty() || !isOurs : ours.equals(theirs), address);
            taken += ours.isPresent() ? 1 : 0;
        }
        assertTrue(taken > ROUNDS / 10, "taken: " + taken);
    }

    private String anyAddress() {
        var address = new StringBuilder();
        for (int left = 1 + random.nextInt(9); left > 0; left--) {
            address.append(random.nextInt(4) == 0 ? "" : Integer.toHexString(random.nextInt(1 << random.nextInt(18))));
            address.append(left == 1 && random.nextInt(5) > 0 ? "" : ":");
        }
        return address + (random.nextInt(8) == 0 ? "1.2.3." + random.nextInt(300) : "");
    }

    private static Optional<InetAddress> parse(String address) {
        byte[] line = ("PROXY TCP6 " + address + " ::1 1 2\r\n").getBytes(StandardCharsets.ISO_8859_1);
        try {
            return Optional.of(
                    ((InetSocketAddress) ProxyHeader.parse(line, 0, line.length).source()).getAddress());
        } catch (MalformedProxyHeaderException refused) {
            return Optional.empty();
        }
    }

    private static Optional<InetAddress> jdk(String address) {
        try {
            return Optional.of(InetAddress.getByName("[" + address + "]"));
        } catch (UnknownHostException refused) {
            return Optional.empty();
        }
    }
}
