package dev.bistro.file;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Remembers files that were found in folders, for the process as a whole: as many as fit, and those that are asked for
 * rather than others. A file that is remembered and hasn't changed costs a request one look at it ({@link FileStamp}).
 * For any thread.
 *
 * <pre>
 *   asked for ──▶ remembered ──▶ seen again, the way checked ──▶ seen for two seconds ──▶ small: the bytes are kept
 *      ▲          (a full check)     (a full check now and then)                             up to 8 MiB: mapped
 *      └──────────────── the look sees another state, or nothing ◀──── from anywhere
 * </pre>
 */
final class KnownFiles {
    private static final int MAX_FILES = 2_048;
    private static final long MAX_BYTES =
            Math.min(16 * 1024 * 1024, Runtime.getRuntime().maxMemory() / 32);
    private static final long MAX_MAPPED_BYTES = 64 * 1024 * 1024;

    /** Those of the whole process. */
    static final KnownFiles OF_PROCESS = new KnownFiles(MAX_FILES, MAX_BYTES, MAX_MAPPED_BYTES, System::nanoTime);

    /** Longer paths aren't remembered, so that the number of files bounds the memory that their names take. */
    private static final int MAX_PATH_LENGTH = 256;

    /**
     * A look that is no older than this counts for now, so that a request that finds a file and answers with it at once
     * looks only once. What other threads change meanwhile, they might have changed after the answer; and in less time
     * the thread that looked can't open a file, change it and close it.
     */
    private static final long RECENT_NANOS = 5_000;

    /** For so long a file is remembered as mapped though nobody asks for it, when there is no room for others. */
    private static final int UNUSED_MILLIS = 10_000;

    private final int maxFiles;
    private final long maxBytes;
    private final LongSupplier clock;
    private final MappedFiles mappings;
    private final Map<Key, KnownFile> files = new ConcurrentHashMap<>();
    // guarded by this:
    private long bytes;
    private Iterator<KnownFile> hand;
    private long unmappedNanos;

    /**
     * What a file was asked for by.
     *
     * @param root the folder
     * @param hidden whether hidden files are given away
     * @param path the path below the folder
     */
    record Key(Path root, boolean hidden, String path) {}

    /**
     * Remembers so many files, and so many bytes of them.
     *
     * @param maxMappedBytes how many bytes of larger files are mapped into memory
     * @param clock gives nanoseconds, as {@link System#nanoTime} does
     */
    KnownFiles(int maxFiles, long maxBytes, long maxMappedBytes, LongSupplier clock) {
        this.maxFiles = maxFiles;
        this.maxBytes = maxBytes;
        this.clock = clock;
        this.unmappedNanos = clock.getAsLong();
        this.mappings = new MappedFiles(maxMappedBytes, this::unmapUnused);
    }

    /** Finds a file in a folder, as {@link SafePath#find} says. */
    Optional<FileSource> find(SafePath folder, String path) {
        var key = new Key(folder.root(), folder.givesHidden(), path);
        KnownFile known = files.get(key);
        if (known == null) {
            return findUnknown(folder, key);
        }
        FileStamp seen = FileStamp.of(known.path()); // before the check of the way, which is for what was seen here
        long now = clock.getAsLong();
        if (!known.isIn(seen)) {
            forget(known);
            return findUnknown(folder, key);
        }
        if (!known.isWayKnown(now) && !isFoundAgain(folder, known, now)) {
            forget(known);
            return folder.find(PathSegments.parse(path));
        }
        known.noteUse();
        return Optional.of(new KnownFileSource(this, known, now));
    }

    private static boolean isFoundAgain(SafePath folder, KnownFile known, long now) {
        Optional<PathFileSource> found = folder.findOnDisk(PathSegments.parse(known.key.path()));
        boolean isSame = found.filter(known.source()::equals).isPresent();
        if (isSame) {
            known.noteCheck(now);
        }
        return isSame;
    }

    private Optional<FileSource> findUnknown(SafePath folder, Key key) {
        Optional<PathFileSource> found = folder.findOnDisk(PathSegments.parse(key.path()));
        found.ifPresent(file -> remember(key, file));
        return found.map(file -> file);
    }

    /** Opens a remembered file, or gives its bytes if it was looked at just now. */
    FileContent open(KnownFile known, long lookedNanos) throws IOException {
        long now = clock.getAsLong();
        boolean isRecent = now - lookedNanos < RECENT_NANOS;
        if (!isRecent && !(known.isWayKnown(now) && known.isIn(FileStamp.of(known.path())))) {
            return OpenFile.open(known.path(), true);
        }
        KeptFile kept = known.kept(now);
        if (kept != null) {
            return kept;
        }
        FileContent content = known.open(known.isSettled(now), mappings);
        if (content instanceof KeptFile fresh) {
            keep(known, fresh, now);
        }
        return content;
    }

    // ---- how much is remembered

    /** A file that was reached by a symbolic link isn't remembered: looking at it says nothing about the link. */
    private void remember(Key key, PathFileSource file) {
        boolean hasOwnName = key.path().equals(file.pathInFolder());
        if (!hasOwnName
                || key.path().length() > MAX_PATH_LENGTH
                || !FileStamp.isSupported(file.path().getFileSystem())) {
            return;
        }
        FileStamp stamp = FileStamp.of(file.path());
        if (!stamp.equals(FileStamp.NONE)) {
            put(new KnownFile(key, file, stamp, clock.getAsLong()));
        }
    }

    private synchronized void put(KnownFile file) {
        KnownFile before = files.put(file.key, file);
        bytes -= before == null ? 0 : before.keptBytes();
        makeRoom();
    }

    private synchronized void keep(KnownFile file, KeptFile content, long readNanos) {
        if (files.get(file.key) == file) {
            bytes -= file.keptBytes();
            file.keep(content, readNanos);
            bytes += file.keptBytes();
            makeRoom();
        }
    }

    private synchronized void forget(KnownFile file) {
        if (files.remove(file.key, file)) {
            file.unmap();
            bytes -= file.keptBytes();
        }
    }

    /** Goes round the files and removes those that weren't used since the last round, until the others have room. */
    private void makeRoom() {
        while (files.size() > maxFiles || bytes > maxBytes) {
            if (hand == null || !hand.hasNext()) {
                hand = files.values().iterator();
            }
            KnownFile next = hand.next();
            if (!next.takeUse()) {
                forget(next);
            }
        }
    }

    /** Gives up the mappings of files that nobody has asked for since the last time, {@value #UNUSED_MILLIS} ms ago. */
    private synchronized void unmapUnused() {
        long now = clock.getAsLong();
        if (now - unmappedNanos < TimeUnit.MILLISECONDS.toNanos(UNUSED_MILLIS)) {
            return;
        }
        unmappedNanos = now;
        for (KnownFile file : files.values()) {
            if (!file.takeUse()) {
                file.unmap();
            }
        }
    }

    /** The bytes that are kept. */
    synchronized long bytes() {
        return bytes;
    }

    /** The number of files that are remembered. */
    int size() {
        return files.size();
    }
}
