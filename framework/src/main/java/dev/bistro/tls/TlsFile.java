package dev.bistro.tls;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** A file with certificates or keys, read as a whole, so that what is read of it later is of one state of the file. */
final class TlsFile {
    /** The authorities that a system trusts are a fifth of that. */
    private static final int MOST_BYTES = 1 << 20;

    private static final Pattern NEEDS_NO_QUOTES = Pattern.compile("[\\w./+,:@%-]+");
    private static final int JKS = 0xfeedfeed;
    private static final int JCEKS = 0xcececece;

    private final Path path;
    private final byte[] content;

    private TlsFile(Path path, byte[] content) {
        this.path = path;
        this.content = content;
    }

    /** Reads the file, which must be a regular one, since anything else may never come to its end. */
    static TlsFile read(Path named) throws UnusableCertificateException {
        var file = new TlsFile(named.toAbsolutePath().normalize(), new byte[0]);
        file.checkKind();
        try (InputStream in = Files.newInputStream(file.path)) {
            byte[] content = in.readNBytes(MOST_BYTES + 1);
            if (content.length > MOST_BYTES) {
                throw file.fault(
                        "The file is larger than 1 MiB, which no certificate or key is.",
                        "Is it the right file? What it is: file " + file.quoted());
            }
            if (content.length == 0) {
                throw file.fault("The file is empty.", "Write the certificate or key to it again.");
            }
            return new TlsFile(file.path, content);
        } catch (AccessDeniedException denied) {
            throw file.fault("The file may not be read.", "Who may is shown by: ls -l " + file.quoted());
        } catch (IOException broken) {
            throw file.fault("The file can't be read.", "Try it: cat " + file.quoted());
        }
    }

    private void checkKind() throws UnusableCertificateException {
        if (Files.isDirectory(path)) {
            throw fault("This is a folder, not a file.", "Name the file in it.");
        }
        if (Files.isRegularFile(path)) {
            return;
        }
        if (Files.exists(path)) {
            throw fault("This is neither a file nor a link to one.", "Name a file that can be read again and again.");
        }
        if (Files.isSymbolicLink(path)) {
            throw fault("The link leads to a file that doesn't exist.", "Where it leads: ls -l " + quoted());
        }
        if (!Files.notExists(path)) {
            throw fault("The folder of the file may not be entered.", "Who may is shown by: namei -l " + quoted());
        }
        Path folder = path.getParent();
        boolean hasFolder = folder != null && Files.exists(folder, LinkOption.NOFOLLOW_LINKS);
        throw fault(
                "The file doesn't exist.",
                hasFolder ? "What there is: ls -l " + quoted(folder) : "There is no folder " + folder + " either.");
    }

    byte[] content() {
        return content;
    }

    /** Whether this is a PKCS12 store (RFC 7292: a sequence that begins with the version 3), whatever its name is. */
    boolean isPkcs12() {
        if (content.length < 2 || (content[0] & 0xff) != Der.SEQUENCE) {
            return false;
        }
        int bytesOfLength = content[1] >= 0 ? 0 : content[1] & 0x7f; // none if the length isn't told, as BER may do
        int version = 2 + bytesOfLength;
        return content.length > version + 2
                && content[version] == Der.INTEGER
                && content[version + 1] == 1
                && content[version + 2] == 3;
    }

    /** Whether this is a store in one of the formats that were Java's own. */
    boolean isJavaStore() {
        if (content.length < Integer.BYTES) {
            return false;
        }
        int magic = ByteBuffer.wrap(content).getInt();
        return magic == JKS || magic == JCEKS;
    }

    UnusableCertificateException fault(String what, String cure) {
        return new UnusableCertificateException(what, toString(), cure);
    }

    /** The path as a shell takes it. */
    String quoted() {
        return quoted(path);
    }

    /** The path with something added to its name, as a shell takes it. */
    String quoted(String ending) {
        return quoted(path.resolveSibling(path.getFileName() + ending));
    }

    private static String quoted(Path path) {
        String text = String.valueOf(path);
        return NEEDS_NO_QUOTES.matcher(text).matches() ? text : "'" + text.replace("'", "'\\''") + "'";
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
