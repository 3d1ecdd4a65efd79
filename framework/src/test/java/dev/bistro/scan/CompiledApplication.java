package dev.bistro.scan;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bistro.startup.Problems;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Writer;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;

/** An application that a test compiles into a folder, as a user's build would. */
public final class CompiledApplication {
    public static final String IMPORTS =
            "import dev.bistro.annotation.*; import dev.bistro.http.*; import jakarta.inject.*;";

    private static final JavaCompiler JAVAC = ToolProvider.getSystemJavaCompiler();

    /** One for all compilations, since opening the class path's archives takes longer than compiling. */
    private static final StandardJavaFileManager FILES = JAVAC.getStandardFileManager(null, null, null);

    private static final List<Path> LIBRARIES = Stream.of(
                    System.getProperty("java.class.path").split(File.pathSeparator))
            .map(Path::of)
            .toList();

    public final Path classes;
    private final Path sources;

    /** Sources and classes are in folders of this one. */
    public CompiledApplication(Path directory) {
        sources = directory.resolve("sources");
        classes = directory.resolve("classes");
    }

    /** Compiles sources to the folder; with the index or without, and besides what is there already. */
    public CompiledApplication compile(boolean withIndex, Map<String, String> texts) throws IOException {
        assertTrue(tryToCompile(withIndex, texts));
        return this;
    }

    boolean tryToCompile(boolean withIndex, Map<String, String> texts) throws IOException {
        List<String> options =
                withIndex ? List.of("-processor", "dev.bistro.index.IndexProcessor") : List.of("-proc:none");
        return tryToCompile(options, Writer.nullWriter(), texts);
    }

    /** Compiles sources with these options; what the compiler says is written to the other. */
    public boolean tryToCompile(List<String> options, Writer said, Map<String, String> texts) throws IOException {
        var files = new ArrayList<Path>();
        for (var text : texts.entrySet()) {
            Path file = sources.resolve(text.getKey());
            Files.createDirectories(file.getParent());
            files.add(Files.writeString(file, text.getValue()));
        }
        Files.createDirectories(classes);
        FILES.setLocationFromPaths(StandardLocation.CLASS_OUTPUT, List.of(classes));
        FILES.setLocationFromPaths(
                StandardLocation.CLASS_PATH,
                Stream.concat(Stream.of(classes), LIBRARIES.stream()).toList());
        return JAVAC.getTask(said, FILES, null, options, null, FILES.getJavaFileObjectsFromPaths(files))
                .call();
    }

    /** The folder as an archive, with entries for its folders or without. */
    public static Path jar(Path folder, Path jar, boolean withFolders) throws IOException {
        try (OutputStream out = Files.newOutputStream(jar);
                var entries = new JarOutputStream(out);
                Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(path -> !path.equals(folder)).sorted().toList()) {
                boolean isFolder = Files.isDirectory(file);
                if (!isFolder || withFolders) {
                    entries.putNextEntry(new JarEntry(folder.relativize(file) + (isFolder ? "/" : "")));
                    if (!isFolder) {
                        entries.write(Files.readAllBytes(file));
                    }
                }
            }
        }
        return jar;
    }

    /** What Bistro finds on a class path. */
    static ApplicationClasses find(Problems problems, String application, Path... classPath) throws Exception {
        URL[] urls = new URL[classPath.length];
        for (int i = 0; i < urls.length; i++) {
            urls[i] = classPath[i].toUri().toURL();
        }
        try (var loader = new URLClassLoader(urls, CompiledApplication.class.getClassLoader())) {
            return ApplicationClasses.find(loader.loadClass(application), problems);
        }
    }

    static List<String> names(List<Class<?>> classes) {
        return classes.stream().map(Class::getName).toList();
    }
}
