package dev.bistro.sample.files;

import java.util.function.Predicate;

/** What clients may do to the folder, if it is switched on; each has a method of its own. */
enum Change {
    UPLOAD("PUT", FilesSettings::upload),
    DELETE("DELETE", FilesSettings::delete),
    NEW_FOLDER("MKCOL", FilesSettings::newFolder);

    private final String method;
    private final Predicate<FilesSettings> setting;

    Change(String method, Predicate<FilesSettings> setting) {
        this.method = method;
        this.setting = setting;
    }

    /** The request method that asks for it. */
    String method() {
        return method;
    }

    boolean isOn(FilesSettings settings) {
        return setting.test(settings);
    }
}
