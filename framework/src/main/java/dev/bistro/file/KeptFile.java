package dev.bistro.file;

import dev.bistro.http.EntityTag;
import dev.bistro.http.Headers;
import dev.bistro.http.HttpDate;
import dev.bistro.http.MediaType;
import java.nio.channels.FileChannel;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The bytes of a small file, kept in memory with what it said of itself, and with the header fields of the last answer.
 * For any thread, without synchronisation: what is kept is immutable.
 */
final class KeptFile implements FileContent {
    private final byte[] bytes;
    private final Instant lastModified;
    private final String date;
    private final EntityTag tag;
    private Fields fields; // null before the first answer

    /**
     * The header fields of an answer, and what they were made of.
     *
     * @param given by the application
     */
    private record Fields(EntityTag tag, String date, MediaType type, Headers given, Headers all) {}

    /** Takes the bytes without a copy. */
    KeptFile(byte[] bytes, Instant lastModified, EntityTag tag) {
        this.bytes = bytes;
        this.lastModified = lastModified;
        this.date = HttpDate.format(lastModified);
        this.tag = tag;
    }

    @Override
    public long size() {
        return bytes.length;
    }

    @Override
    public Instant lastModified() {
        return lastModified;
    }

    @Override
    public String date() {
        return date;
    }

    @Override
    public EntityTag tag(String coding) {
        return coding.isEmpty() ? tag : FileContent.coded(tag, coding);
    }

    /**
     * The header fields of an answer: those of the last one if they were made of the very same objects. So answers that
     * differ in nothing have one object, and a server that knows the head made of it needn't encode it again.
     *
     * @param maker makes them of nothing but the other arguments
     */
    Headers fields(EntityTag tag, String date, MediaType type, Headers given, Supplier<Headers> maker) {
        Fields last = fields;
        boolean isSame =
                last != null && last.tag == tag && last.date == date && last.type == type && last.given == given;
        if (isSame) {
            return last.all;
        }
        Headers made = maker.get();
        fields = new Fields(tag, date, type, given, made);
        return made;
    }

    @Override
    public boolean seeksBackwards() {
        return true;
    }

    @Override
    public Optional<FileChannel> channel() {
        return Optional.empty();
    }

    /** The whole file isn't copied. */
    @Override
    public byte[] read(long position, int count) {
        int from = Math.toIntExact(position);
        return count == bytes.length ? bytes : Arrays.copyOfRange(bytes, from, from + count);
    }

    @Override
    public void close() {
        // nothing is open
    }
}
