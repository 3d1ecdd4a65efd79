package dev.bistro.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The spellings of PEM that are read, and what becomes of files that are damaged at any byte. */
class PemTextTest {
    private static final Charset LATIN_1 = StandardCharsets.ISO_8859_1;
    private static final String MARK = "\u00ef\u00bb\u00bf";

    @TempDir
    static Path folder;

    private static ServerCertificate certificate;
    private static String pem;

    @BeforeAll
    static void makeCertificate() throws Exception {
        certificate = DevelopmentCertificate.create();
        pem = Pem.certificate(certificate) + Pem.key(certificate);
    }

    private static ServerCertificate read(byte[] content) throws Exception {
        return CertificateReader.read(
                Files.write(folder.resolve("both.pem"), content), Optional.empty(), Optional.empty());
    }

    static Stream<Arguments> spellings() {
        return Stream.of(
                spelling("as it is", text -> text),
                spelling("CRLF", text -> text.replace("\n", "\r\n")),
                spelling("CR", text -> text.replace('\n', '\r')),
                spelling("no line end at the end", String::strip),
                spelling("byte order mark", text -> MARK + text),
                spelling(
                        "a mark between the blocks, too",
                        text -> MARK + text.replace("\n-----BEGIN P", "\n" + MARK + "-----BEGIN P")),
                spelling("blank lines", text -> text.replace("\n", "\n\n")),
                spelling("blanks around lines", text -> text.replace("\n", " \t\n  ")),
                spelling("one line of Base64", text -> text.replaceAll("(?<=[^-])\n(?!-)", "")),
                spelling(
                        "comments",
                        text -> "0 # f\u00fcr den Laden: -----\n"
                                + text.replace("\n-----BEGIN P", "\nBag Attributes\n    a: b\n-----BEGIN P") + "end"),
                spelling("an old label", text -> text.replace("CERTIFICATE", "X509 CERTIFICATE")),
                spelling(
                        "headers of RFC 1421",
                        text -> text.replace("KEY-----\nM", "KEY-----\nContent-Domain: RFC822\n\nM")),
                spelling("the certificate twice", text -> text + text.substring(0, text.indexOf("-----BEGIN P"))),
                spelling(
                        "blocks that aren't used here",
                        text -> Pem.block("DH PARAMETERS", new byte[5]) + text
                                + "-----BEGIN PGP SIGNATURE-----\nVersion: 1\n\nabcd\n=1234\n"
                                + "-----END PGP SIGNATURE-----\n"),
                spelling(
                        "the key first",
                        text -> text.substring(text.indexOf("-----BEGIN P"))
                                + text.substring(0, text.indexOf("-----BEGIN P"))));
    }

    private static Arguments spelling(String name, UnaryOperator<String> change) {
        return arguments(name, change);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("spellings")
    void readsSpelling(String name, UnaryOperator<String> change) throws Exception {
        ServerCertificate read = read(change.apply(pem).getBytes(LATIN_1));
        assertEquals(certificate.chain(), read.chain());
        assertEquals(certificate.key(), read.key());
    }

    @Test
    void readsUtf16() throws Exception {
        for (String charset : List.of("UTF-16", "x-UTF-16LE-BOM")) {
            assertEquals(certificate.key(), read(pem.getBytes(charset)).key());
        }
    }

    @Test
    void readsDer() throws Exception {
        var der = new ByteArrayOutputStream();
        der.writeBytes(certificate.certificate().getEncoded());
        der.writeBytes(certificate.key().getEncoded());
        assertEquals(certificate.key(), read(der.toByteArray()).key());
    }

    /** Files are written bit by bit, and a reload may come too early. */
    @Test
    void refusesWhatIsCutOffAnywhere() {
        byte[] whole = pem.strip().getBytes(LATIN_1);
        for (int length = 0; length < whole.length; length += 3) {
            byte[] part = Arrays.copyOf(whole, length);
            assertThrows(UnusableCertificateException.class, () -> read(part), "after " + length + " bytes");
        }
    }

    /** Nothing but the exception for it comes out, whatever the JDK makes of such a file. */
    @Test
    void survivesEachWrongByte() throws Exception {
        var der = new ByteArrayOutputStream();
        der.writeBytes(certificate.certificate().getEncoded());
        der.writeBytes(certificate.key().getEncoded());
        for (int index = 0; index < der.size(); index += 3) {
            byte[] wrong = der.toByteArray();
            wrong[index] ^= (byte) (1 << index % 8);
            try {
                read(wrong);
            } catch (UnusableCertificateException refused) {
                assertNull(refused.getCause());
            } catch (Exception other) {
                throw new AssertionError("byte " + index, other);
            }
        }
    }

    @Test
    void refusesBlocksThatRunIntoEachOther() {
        String joined = pem.replace("-----\n-----BEGIN", "----------BEGIN");
        var refused = assertThrows(UnusableCertificateException.class, () -> read(joined.getBytes(LATIN_1)));
        assertEquals("The block that begins on line 1 has no end line that belongs to it.", refused.getMessage());
    }

    @Test
    void refusesLineBreaksThatWereLost() {
        String joined = pem.replace("\n", "\\n");
        var refused = assertThrows(UnusableCertificateException.class, () -> read(joined.getBytes(LATIN_1)));
        assertEquals("The file has no certificate.", refused.getMessage());
    }

    @Test
    void refusesWhatIsNotBase64AndShowsNothingOfIt() {
        String key = Pem.key(certificate);
        String wrong = Pem.block("CERTIFICATE", new byte[9]).replace("AA", "A?") + key;
        var refused = assertThrows(UnusableCertificateException.class, () -> read(wrong.getBytes(LATIN_1)));
        assertEquals("The block that begins on line 1 isn't Base64.", refused.getMessage());
        assertNull(refused.getCause());
    }
}
