package dev.bistro.assets;

import dev.bistro.annotation.ClientCertificate;
import dev.bistro.annotation.ConcurrencyLimit;
import dev.bistro.annotation.MaxBody;
import dev.bistro.annotation.RateLimit;
import dev.bistro.annotation.Route;
import dev.bistro.annotation.StaticFiles;
import dev.bistro.annotation.Timeout;
import dev.bistro.assets.CacheRules.Rule;
import dev.bistro.file.FileResponse;
import dev.bistro.file.ResourceFolder;
import dev.bistro.file.SafePath;
import dev.bistro.http.ForbiddenException;
import dev.bistro.http.Headers;
import dev.bistro.startup.Place;
import dev.bistro.startup.Problem;
import dev.bistro.startup.Problems;
import java.io.IOException;
import java.lang.annotation.Annotation;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Reads the {@code @StaticFiles} of an application class at startup. One that is wrong is reported as a problem and
 * left out.
 */
public final class StaticFolders {
    private static final String CLASS_PATH = "classpath:";
    private static final List<Class<? extends Annotation>> LIMITS =
            List.of(MaxBody.class, Timeout.class, ConcurrencyLimit.class, RateLimit.class);

    private final Class<?> application;
    private final Problems problems;

    private StaticFolders(Class<?> application, Problems problems) {
        this.application = application;
        this.problems = problems;
    }

    /** The folders that are declared on a class, in their order. */
    public static List<StaticFolder> read(Class<?> application, Problems problems) {
        var reader = new StaticFolders(application, problems);
        var folders = new ArrayList<StaticFolder>();
        for (StaticFiles declared : application.getAnnotationsByType(StaticFiles.class)) {
            reader.read(declared).ifPresent(folders::add);
            reader.checkUnguarded(declared);
        }
        return folders;
    }

    private Optional<StaticFolder> read(StaticFiles declared) {
        int before = problems.found().size();
        Optional<Function<String, Optional<FileResponse>>> files = files(declared);
        files.ifPresent(found -> checkFallback(declared, found));
        checkPath(declared);
        CacheRules rules = new CacheRules(rules(declared), declared.fingerprints(), declared.cacheControl());
        checkValue(declared, declared.cacheControl());
        return problems.found().size() > before
                ? Optional.empty()
                : files.map(found -> new StaticFolder(
                        application,
                        trimmed(declared.path()),
                        found,
                        declared.index(),
                        declared.fallback(),
                        rules,
                        place(declared)));
    }

    /** Reports an annotation that is for methods that answer requests: files have none. */
    private void checkUnguarded(StaticFiles declared) {
        if (application.isAnnotationPresent(ClientCertificate.class)) {
            fault(declared, "useless-client-certificate", "@ClientCertificate guards no files.")
                    .cure("Guard them by a filter of their path, which looks at request.clientCertificate():"
                            + " @Filter(\"" + trimmed(declared.path()) + "/{path*}\").");
        }
        boolean isController = application.isAnnotationPresent(Route.class);
        for (Class<? extends Annotation> limit : LIMITS) {
            if (!isController && application.getAnnotationsByType(limit).length > 0) {
                fault(declared, "useless-limit", "@" + limit.getSimpleName() + " limits no files.")
                        .cure("Remove it; requests of files are limited by a server in front of this one.");
            }
        }
    }

    private static String trimmed(String path) {
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    private Place place(StaticFiles declared) {
        return new Place("@StaticFiles(from = \"" + declared.from() + "\") of " + Place.name(application));
    }

    // ---- the folder

    private Optional<Function<String, Optional<FileResponse>>> files(StaticFiles declared) {
        String from = declared.from();
        return from.startsWith(CLASS_PATH)
                ? resources(declared, from.substring(CLASS_PATH.length()))
                : directory(declared);
    }

    private Optional<Function<String, Optional<FileResponse>>> resources(StaticFiles declared, String folder) {
        try {
            return Optional.of(ResourceFolder.of(application, folder)::find);
        } catch (IOException e) {
            missing(declared, "There is no folder \"" + folder + "\" on the class path.")
                    .cure("Put the files into src/main/resources" + (folder.startsWith("/") ? "" : "/") + folder
                            + ", or name another folder; a directory is named without \"classpath:\".");
        } catch (IllegalArgumentException | ForbiddenException notAFolder) {
            missing(declared, "\"" + declared.from() + "\" is no folder of the class path to give away.")
                    .cure("Name one below its root, which has no classes and no settings:"
                            + " from = \"classpath:/public\".");
        }
        return Optional.empty();
    }

    private Optional<Function<String, Optional<FileResponse>>> directory(StaticFiles declared) {
        try {
            return Optional.of(SafePath.of(Path.of(declared.from()).toAbsolutePath())::find);
        } catch (IOException | InvalidPathException e) {
            missing(declared, "There is no directory \"" + declared.from() + "\".")
                    .cure("It is looked for in the working directory. Make it, or name another;"
                            + " one of the class path begins with \"classpath:/\".");
        }
        return Optional.empty();
    }

    private Fault missing(StaticFiles declared, String what) {
        return fault(declared, "missing-static-files", what);
    }

    private void checkFallback(StaticFiles declared, Function<String, Optional<FileResponse>> files) {
        String fallback = declared.fallback();
        if (!fallback.isEmpty() && files.apply(fallback).isEmpty()) {
            fault(declared, "missing-fallback", "There is no file \"" + fallback + "\" in " + declared.from() + ".")
                    .cure("Name the page by its path below the folder, such as fallback = \"index.html\","
                            + " or leave it away.");
        }
    }

    // ---- the path

    private void checkPath(StaticFiles declared) {
        if (!declared.path().startsWith("/") || declared.path().matches(".*[{}?#].*")) {
            fault(declared, "bad-static-path", "@StaticFiles(path = \"" + declared.path() + "\") is not a path.")
                    .cure("Write one that begins with a slash and has no variables: path = \"/assets\".");
        }
    }

    // ---- how long caches keep the files

    private List<Rule> rules(StaticFiles declared) {
        var rules = new ArrayList<Rule>();
        for (StaticFiles.Cache cache : declared.cache()) {
            checkValue(declared, cache.value());
            try {
                rules.add(new Rule(Glob.parse(cache.files()), cache.value()));
            } catch (IllegalArgumentException e) {
                fault(
                                declared,
                                "bad-cache-rule",
                                "@Cache(files = \"" + cache.files() + "\") is not a pattern: " + e.getMessage() + ".")
                        .cure("Write one like \"*.{js,css}\", \"img/*\" or \"**\".");
            }
        }
        return rules;
    }

    private void checkValue(StaticFiles declared, String value) {
        try {
            Headers.of("Cache-Control", value);
        } catch (IllegalArgumentException e) {
            fault(declared, "bad-cache-rule", "A value of Cache-Control can't be sent.")
                    .cure(e.getMessage() + ".");
        }
    }

    // ---- reporting

    @FunctionalInterface
    private interface Fault {
        void cure(String line);
    }

    private Fault fault(StaticFiles declared, String id, String what) {
        return line -> problems.add(Problem.of(id, what).at(place(declared)).cure(line));
    }
}
