package dev.bistro.file;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;

/**
 * One state of a file, by what tells it from every other: which file it is (its device and inode), and when anything of
 * it was last changed, its bytes or who may read it. Unlike the time of the last modification, nobody can set that
 * time; but two changes within one tick of the clock leave the same.
 *
 * @param key the file's key
 * @param changed the time of the last change (ctime)
 */
record FileStamp(Object key, Object changed) {
    /** That of a file that isn't there, or may not be looked at. */
    static final FileStamp NONE = new FileStamp("", "");

    private static final String VIEW = "unix";
    private static final String ATTRIBUTES = VIEW + ":fileKey,ctime";

    /** Whether a file system tells what a stamp is made of; Windows doesn't, nor do archives. */
    static boolean isSupported(FileSystem files) {
        return files.supportedFileAttributeViews().contains(VIEW);
    }

    /** Looks at the file at a path, without following a symbolic link in its place: one system call. */
    static FileStamp of(Path path) {
        try {
            Map<String, Object> read = Files.readAttributes(path, ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
            return new FileStamp(read.get("fileKey"), read.get("ctime"));
        } catch (IOException gone) {
            return NONE;
        }
    }
}
