package dev.bistro.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * On the application class: serves the files of a folder, as they are. It can be repeated.
 *
 * <pre>{@code
 * @StaticFiles(path = "/assets", from = "classpath:/public")   // GET /assets/app.js: src/main/resources/public/app.js
 * @StaticFiles(from = "site", fallback = "index.html")         // GET /: site/index.html in the working directory
 * final class ShopApplication { … }
 * }</pre>
 *
 * <p>A controller's route that is more specific wins. Each response has an {@code ETag} and a {@code Last-Modified};
 * conditional requests and ranges are answered. A file beside it with {@code .br}, {@code .zst} or {@code .gz} at the
 * end of its name is sent instead to clients that accept the coding. Files and folders whose names begin with a dot
 * aren't served. A file's path has one spelling: {@code //app.js}, {@code app.js/} and {@code img%2Fa.png} are answered
 * with 404.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@Repeatable(StaticFiles.All.class)
public @interface StaticFiles {
    /** The path that the files are below, without variables; the root by default. */
    String path() default "/";

    /**
     * The folder: one of the class path, such as {@code classpath:/public}, or a directory, which may be relative to
     * the working directory.
     */
    String from();

    /**
     * The name of the file that is sent for the folder that it is in; empty for none. A folder's content is never
     * listed.
     */
    String index() default "index.html";

    /**
     * The file that is sent where the path leads to none, to a GET or HEAD whose {@code Accept} prefers HTML: the page
     * of an application that reads its paths in the browser. Empty for none.
     */
    String fallback() default "";

    /**
     * {@code Cache-Control} of the files that no other rule is for. By default caches may keep a file, but have to ask
     * each time whether it has changed.
     */
    String cacheControl() default "no-cache";

    /** {@code Cache-Control} of files by their names: the first rule that fits counts. */
    Cache[] cache() default {};

    /**
     * Whether a file with a fingerprint of its content in its name, such as {@code app.3f9a1c2b.js} or
     * {@code app-3F9A1C2B.css}, may be kept for a year without asking: {@code public, max-age=31536000, immutable}. A
     * fingerprint is at least eight hexadecimal digits, some of them letters, or, for scripts and styles, eight of
     * {@code A-Z2-7}. A rule of {@link #cache} comes before this one.
     */
    boolean fingerprints() default true;

    /** A rule: {@code @Cache(files = "img/**", value = "max-age=3600")}. */
    @Documented
    @Retention(RetentionPolicy.RUNTIME)
    @Target({})
    @interface Cache {
        /**
         * Which files: a pattern with {@code *} for any characters but a slash, {@code **} for any, {@code ?} for one,
         * and alternatives in braces. {@code *.html} without a slash is for the files of all folders, {@code fonts/*}
         * with one for the path below {@link StaticFiles#from}.
         */
        String files();

        /** The value of {@code Cache-Control}. */
        String value();
    }

    /** Holds repeated {@link StaticFiles}. */
    @Documented
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.TYPE)
    @interface All {
        /** The folders, in their order. */
        StaticFiles[] value();
    }
}
