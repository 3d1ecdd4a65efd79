package dev.bistro.tls;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * Cuts a file into its blocks, and knows nothing of what may be in them: PEM (RFC 7468), or DER, each of whose elements
 * is a block.
 *
 * <pre>
 *   anything                        text between blocks is a comment
 *   -----BEGIN RSA PRIVATE KEY-----
 *   Proc-Type: 4,ENCRYPTED          lines with a colon are a header of RFC 1421
 *                                   blank lines count nowhere, nor do blanks around a line
 *   MIIEpAIBAAKCAQEA…               Base64
 *   -----END RSA PRIVATE KEY-----
 * </pre>
 *
 * <p>Lines end by LF, CRLF or CR, and a byte order mark may be there, since Windows' editors write one (in UTF-8 or
 * UTF-16).
 */
final class PemReader {
    private static final String BEGIN = "-----BEGIN ";
    private static final String END = "-----END ";
    private static final String DASHES = "-----";

    /** A byte order mark of UTF-8, read as ISO 8859-1. Files that were put together have one between blocks, too. */
    private static final String MARK = "\u00ef\u00bb\u00bf";

    /** Old names of labels. */
    private static final Map<String, String> ALIASES =
            Map.of("X509 CERTIFICATE", PemBlock.CERTIFICATE, "NEW CERTIFICATE REQUEST", PemBlock.CERTIFICATE_REQUEST);

    private final TlsFile file;
    private final Iterator<String> lines;
    private final List<PemBlock> blocks = new ArrayList<>();
    private int number;

    private PemReader(TlsFile file, String text) {
        this.file = file;
        this.lines = text.lines().iterator();
    }

    /** The blocks of the file in their order; none if it is text without any. */
    static List<PemBlock> read(TlsFile file) throws UnusableCertificateException {
        if (file.isJavaStore()) {
            throw file.fault(
                    "This is a store in a format of Java's own.",
                    "Rewrite it: keytool -importkeystore -deststoretype PKCS12 -srckeystore " + file.quoted()
                            + " -destkeystore " + file.quoted(".p12"));
        }
        byte[] content = file.content();
        if (content[0] == Der.SEQUENCE) {
            try {
                return derBlocks(content);
            } catch (GeneralSecurityException isText) {
                // text may begin with the same character, the digit 0
            }
        }
        return new PemReader(file, text(content)).blocks();
    }

    private static String text(byte[] content) {
        boolean isUtf16 = content.length > 1
                && (content[0] == (byte) 0xff && content[1] == (byte) 0xfe
                        || content[0] == (byte) 0xfe && content[1] == (byte) 0xff);
        Charset charset = isUtf16 ? StandardCharsets.UTF_16 : StandardCharsets.ISO_8859_1;
        return new String(content, charset);
    }

    private List<PemBlock> blocks() throws UnusableCertificateException {
        while (lines.hasNext()) {
            String line = nextLine();
            if (line.startsWith(BEGIN) && line.endsWith(DASHES) && line.length() > BEGIN.length() + DASHES.length()) {
                readBlock(line.substring(BEGIN.length(), line.length() - DASHES.length()));
            }
        }
        return blocks;
    }

    private String nextLine() {
        number++;
        return lines.next().replace(MARK, "").strip();
    }

    private void readBlock(String label) throws UnusableCertificateException {
        int first = number;
        boolean isEncrypted = false;
        var base64 = new StringBuilder();
        while (lines.hasNext()) {
            String line = nextLine();
            if (line.equals(END + label + DASHES)) {
                String name = ALIASES.getOrDefault(label, label);
                blocks.add(
                        new PemBlock(name, isEncrypted, PemBlock.isUsed(name) ? decode(base64, first) : new byte[0]));
                return;
            } else if (line.startsWith(DASHES)) {
                break;
            } else if (line.contains(":")) {
                isEncrypted |= line.startsWith("Proc-Type:") && line.endsWith("ENCRYPTED");
            } else {
                base64.append(line);
            }
        }
        throw file.fault(
                "The block that begins on line " + first + " has no end line that belongs to it.",
                "Was it copied as a whole? Its last line is -----END with the words of the first, and nothing else.");
    }

    private byte[] decode(StringBuilder base64, int first) throws UnusableCertificateException {
        try {
            return Base64.getDecoder().decode(base64.toString());
        } catch (IllegalArgumentException withTheCharacter) { // which may be one of a key
            throw file.fault(
                    "The block that begins on line " + first + " isn't Base64.",
                    "Was it copied as a whole, with its line breaks?");
        }
    }

    private static List<PemBlock> derBlocks(byte[] content) throws GeneralSecurityException {
        var blocks = new ArrayList<PemBlock>();
        for (DerElement element : DerElement.listOf(content)) {
            blocks.add(new PemBlock(label(element), false, element.encoded()));
        }
        return blocks;
    }

    /** What an element is, by the types of what is in it. */
    private static String label(DerElement element) throws GeneralSecurityException {
        List<DerElement> parts = element.children();
        if (element.tag() != Der.SEQUENCE || parts.size() < 2) {
            throw DerElement.malformed();
        }
        DerElement first = parts.get(0);
        int second = parts.get(1).tag();
        return switch (first.tag()) {
            case Der.OID -> PemBlock.PKCS7; // of RFC 5652: the type, then the content
            case Der.INTEGER ->
                switch (second) {
                    case Der.SEQUENCE -> PemBlock.KEY; // RFC 5208: version, algorithm, key
                    case Der.INTEGER -> PemBlock.RSA_KEY; // RFC 8017, A.1.2: version, modulus, …
                    case Der.OCTET_STRING -> PemBlock.EC_KEY; // RFC 5915: version, key, …
                    default -> throw DerElement.malformed();
                };
            case Der.SEQUENCE ->
                switch (second) {
                    case Der.OCTET_STRING -> PemBlock.ENCRYPTED_KEY; // RFC 5208: algorithm, encrypted key
                    case Der.BIT_STRING -> PemBlock.PUBLIC_KEY; // RFC 5280, 4.1: algorithm, key
                    // What is signed, the algorithm, the signature: a request has four things to sign, a certificate
                    // more.
                    default -> first.children().size() > 4 ? PemBlock.CERTIFICATE : PemBlock.CERTIFICATE_REQUEST;
                };
            default -> throw DerElement.malformed();
        };
    }
}
