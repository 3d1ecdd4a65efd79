package dev.bistro.sample.files;

import dev.bistro.config.ByteSize;
import dev.bistro.config.Settings;
import dev.bistro.config.SettingsReader;
import dev.bistro.startup.Problem;
import dev.bistro.startup.Problems;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The settings whose keys begin with {@code files.}: {@code maxFileSize} is {@code files.max-file-size}, in the environment {@code FILES_MAX_FILE_SIZE}.
 *
 * @param root the folder that is served; empty for the working directory
 * @param upload whether files may be uploaded
 * @param delete whether files and empty folders may be deleted
 * @param newFolder whether folders may be made
 * @param loginToRead whether reading needs the password as well; changes always do
 * @param user who may make changes
 * @param password the user's password
 * @param maxFileSize how large an uploaded file may be; 413 above it
 * @param quota how much may be in the folder in all, with what was there before; 413 above it
 */
record FilesSettings(
        Path root,
        boolean upload,
        boolean delete,
        boolean newFolder,
        boolean loginToRead,
        String user,
        String password,
        ByteSize maxFileSize,
        ByteSize quota) {
    static final FilesSettings DEFAULTS = new FilesSettings(
            Path.of(""), false, false, false, false, "", "", new ByteSize(1 << 30), new ByteSize(Long.MAX_VALUE));

    /**
     * Reads them.
     *
     * @throws dev.bistro.startup.StartupException with all that is wrong with them
     */
    static FilesSettings read(Settings settings) {
        var problems = new Problems();
        FilesSettings read = new SettingsReader(settings, problems).read("files", DEFAULTS);
        read.check(problems);
        problems.throwIfAny();
        return read;
    }

    private void check(Problems problems) {
        if (!Files.isDirectory(root)) {
            problems.add(Problem.of("no-such-folder", "There is no folder " + root.toAbsolutePath() + ".")
                    .cure("Name one that is there: FILES_ROOT=/path/of/a/folder, or --files.root=/path/of/a/folder"));
        }
        boolean login = upload || delete || newFolder || loginToRead;
        if (login && !hasLogin()) {
            problems.add(
                    Problem.of("no-login", "Changes are switched on, but not everybody may make them.")
                            .cure(
                                    "Say who may: FILES_USER and FILES_PASSWORD in the environment, or files.user and files.password in application.properties"));
        }
        if (user.contains(":")) {
            problems.add(Problem.of("bad-user", "The setting \"files.user\" has a colon, which ends a name in HTTP.")
                    .cure("Take another name."));
        }
    }

    /** Whether there is somebody who can log in. */
    boolean hasLogin() {
        return !user.isEmpty() && !password.isEmpty();
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "FilesSettings of " + root.toAbsolutePath();
    }
}
