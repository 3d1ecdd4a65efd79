package dev.bistro.body;

import dev.bistro.http.BadRequestException;
import dev.bistro.http.MediaType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.function.LongConsumer;
import java.util.regex.Pattern;

/**
 * Reads a form from a multipart body as it arrives: decides what its parts mean and how large they may be. If that
 * fails, no file stays on the disk.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7578">RFC 7578</a>
 */
final class MultipartForm {
    // boundary := 0*69<bchars> bcharsnospace (RFC 2046, section 5.1.1)
    private static final Pattern BOUNDARY = Pattern.compile("[0-9A-Za-z'()+_,./:=? -]{0,69}[0-9A-Za-z'()+_,./:=?-]");

    private final FormLimits limits;
    private final FormFields fields;
    private final LongConsumer holding;
    private long memoryLeft;

    /** @param holding is told the size of each piece that is held in memory */
    MultipartForm(FormLimits limits, LongConsumer holding) {
        this.limits = limits;
        this.holding = holding;
        this.fields = new FormFields(limits);
        this.memoryLeft = limits.memoryBytes();
    }

    /**
     * Reads the form.
     *
     * @param mediaType of the body, with its boundary
     */
    Form read(InputStream body, MediaType mediaType) {
        String boundary = mediaType.parameter("boundary").orElse("");
        if (!BOUNDARY.matcher(boundary).matches()) {
            throw new BadRequestException("The Content-Type of the form has no valid boundary");
        }
        var reader = new MultipartReader(body, boundary, limits.maxHeadBytes(), limits.maxFormBytes());
        try {
            while (reader.next()) {
                PartHead head = PartHead.parse(reader.head());
                fields.countParts(1);
                fields.checkName(head.name());
                read(head, reader);
            }
            return fields.form().seal();
        } catch (RuntimeException | Error failed) {
            fields.form().close();
            throw failed;
        }
    }

    private void read(PartHead head, MultipartReader reader) {
        if (head.isFile()) {
            readFile(head, reader);
        } else {
            readText(head, reader);
        }
    }

    private void readText(PartHead head, MultipartReader reader) {
        var content = new ByteArrayOutputStream() {
            @Override
            public synchronized void write(byte[] bytes, int offset, int length) {
                fields.countText(length);
                holding.accept(length);
                super.write(bytes, offset, length);
            }
        };
        reader.transferTo(content);
        Charset charset = head.mediaType().map(TextCodec::charset).orElse(StandardCharsets.UTF_8);
        fields.form().add(head.name(), Texts.decode("A field of the form", content.toByteArray(), charset));
    }

    private void readFile(PartHead head, MultipartReader reader) {
        var content = new UploadBuffer(limits.maxFileBytes(), (int) memoryLeft, limits.directory());
        try {
            reader.transferTo(content);
            content.close();
        } catch (IOException e) {
            discard(content, e);
            throw new UncheckedIOException(e);
        } catch (RuntimeException | Error e) {
            discard(content, e);
            throw e;
        }
        if (content.file().isEmpty()) {
            memoryLeft -= content.size();
            holding.accept(content.size());
        }
        if (content.size() > 0 || !isNoFileChosen(head)) {
            fields.form().add(new ReceivedFile(head, content));
        }
    }

    private static void discard(UploadBuffer content, Throwable because) {
        try {
            content.discard();
        } catch (IOException e) {
            because.addSuppressed(e);
        }
    }

    /** Whether it may be a file input in which no file was chosen: browsers send an empty file name and no content. */
    private static boolean isNoFileChosen(PartHead head) {
        return head.fileName().filter(String::isEmpty).isPresent();
    }
}
