package dev.bistro.sample.files;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What sort of thing an entry is, as its name says; there is an icon for each. */
enum Kind {
    FOLDER,
    IMAGE("avif", "bmp", "gif", "heic", "ico", "jpeg", "jpg", "png", "svg", "tif", "tiff", "webp"),
    AUDIO("aac", "flac", "m4a", "mid", "mp3", "oga", "ogg", "opus", "wav", "weba"),
    VIDEO("avi", "m4v", "mkv", "mov", "mp4", "mpeg", "mpg", "ogv", "webm", "wmv"),
    ARCHIVE("7z", "bz2", "deb", "gz", "iso", "jar", "rar", "rpm", "tar", "tgz", "war", "xz", "zip", "zst"),
    DOCUMENT("doc", "docx", "epub", "odp", "ods", "odt", "pdf", "ppt", "pptx", "ps", "rtf", "xls", "xlsx"),
    CODE(
            "c", "cc", "cpp", "cs", "css", "go", "h", "hpp", "html", "java", "js", "json", "kt", "lua", "php", "pl",
            "py", "rb", "rs", "scala", "sh", "sql", "swift", "toml", "ts", "xml", "yaml", "yml"),
    TEXT("csv", "log", "md", "txt"),
    OTHER;

    private static final Map<String, Kind> BY_EXTENSION = new HashMap<>();

    static {
        for (Kind kind : values()) {
            kind.extensions.forEach(extension -> BY_EXTENSION.put(extension, kind));
        }
    }

    private final List<String> extensions;

    Kind(String... extensions) {
        this.extensions = List.of(extensions);
    }

    static Kind of(Entry entry) {
        String name = entry.name();
        String extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return entry.directory() ? FOLDER : BY_EXTENSION.getOrDefault(extension, OTHER);
    }

    /** The class of its rows in the page: {@code "image"}. */
    String styleClass() {
        return name().toLowerCase(Locale.ROOT);
    }
}
