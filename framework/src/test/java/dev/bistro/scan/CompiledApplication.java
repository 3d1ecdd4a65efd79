package dev.bistro.scan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bistro.startup.Problems;
import java.io.IOException;
import java.io.OutputStream;
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
import javax.tools.ToolProvider;

/** An application that a test compiles into a folder, as a user's build would. */
public final class CompiledApplication {
    public static final String IMPORTS =
            "import dev.bistro.annotation.*; import dev.bistro.http.*; import jakarta.inject.*;";

    public final Path classes;
    private final Path sources;

    /** Sources and classes are in folders of this one. */
    public CompiledApplication(Path directory) {
        sources = directory.resolve("sources");
        classes = directory.resolve("classes");
    }

    /** Compiles sources to the folder; with the index or without, and besides what is there already. */
    public CompiledApplication compile(boolean withIndex, Map<String, String> texts) throws IOException {
        assertEquals(0, tryToCompile(withIndex, texts));
        return this;
    }

    int tryToCompile(boolean withIndex, Map<String, String> texts) throws IOException {
        var arguments = new ArrayList<>(
                withIndex ? List.of("-processor", "dev.bistro.index.IndexProcessor") : List.of("-proc:none"));
        arguments.addAll(List.of("-d", classes.toString()));
        arguments.addAll(
                List.of("-cp", classes + System.getProperty("path.separator") + System.getProperty("java.class.path")));
        for (var text : texts.entrySet()) {
            Path file = sources.resolve(text.getKey());
            Files.createDirectories(file.getParent());
            arguments.add(Files.writeString(file, text.getValue()).toString());
        }
        OutputStream quiet = OutputStream.nullOutputStream();
        return ToolProvider.getSystemJavaCompiler().run(null, quiet, quiet, arguments.toArray(String[]::new));
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
