package dev.bistro.sample.files;

import dev.bistro.annotation.Config;
import dev.bistro.annotation.DefaultValue;
import dev.bistro.annotation.Description;
import dev.bistro.config.ByteSize;
import dev.bistro.config.Secret;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Optional;

/**
 * The settings of the sample: {@code maxFileSize} is {@code files.max-file-size}, in the environment
 * {@code FILES_MAX_FILE_SIZE}. Its default is in {@code application.properties}, with what depends on it.
 */
@Config("files")
@Description("the folder that is served")
record FilesSettings(
        @Description("the folder") @DefaultValue(".") Path root,

        @Description("whether files may be uploaded") @DefaultValue("false")
        boolean upload,

        @Description("whether files and empty folders may be deleted") @DefaultValue("false")
        boolean delete,

        @Description("whether folders may be made") @DefaultValue("false")
        boolean newFolder,

        @Description("whether reading needs the password as well; changes always do") @DefaultValue("false")
        boolean loginToRead,

        @Description("who may make changes") Optional<String> user,
        @Description("the user's password") Optional<Secret> password,

        @Description("how large an uploaded file may be, and all files of a form together; 413 above it")
        ByteSize maxFileSize,

        @Description("how much may be in the folder in all, with what was there before; 413 above it")
        Optional<ByteSize> quota) {
    /** Refuses what can't be meant, all of it at once. */
    FilesSettings {
        var faults = new ArrayList<String>();
        if (!Files.isDirectory(root)) {
            faults.add("root has to be a folder, and there is none at " + root.toAbsolutePath());
        }
        boolean login = upload || delete || newFolder || loginToRead;
        if (login && (user.isEmpty() || password.isEmpty())) {
            faults.add("user and password are needed for changes, and for a login to read");
        }
        if (user.filter(name -> name.contains(":")).isPresent()) {
            faults.add("user has a colon, which ends a name in HTTP");
        }
        if (!faults.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", faults));
        }
    }
}
