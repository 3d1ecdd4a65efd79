package dev.bistro.house;

import com.sun.source.tree.ClassTree;
import com.sun.source.util.JavacTask;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.DiagnosticListener;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;

/**
 * Compiles texts as a user of the framework would: against the class path of the tests, for Java 17, with the names of
 * parameters.
 */
final class Compiler {
    private static final JavaCompiler JAVAC = ToolProvider.getSystemJavaCompiler();

    /** One for all compilations, since opening the class path's archives takes longer than compiling a page. */
    private static final StandardJavaFileManager FILES = JAVAC.getStandardFileManager(null, null, null);

    private static final List<String> OPTIONS = List.of("--release", "17", "-parameters", "-proc:none", "-nowarn");

    /** The syntax of Java 17, without its library, which takes a while to open. */
    private static final List<String> SYNTAX = List.of("-source", "17", "-proc:none", "-nowarn");

    static {
        try {
            FILES.setLocationFromPaths(StandardLocation.ANNOTATION_PROCESSOR_PATH, List.of()); // nor is it searched
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * A text to compile. Its name says where it is from and nothing more: it may declare any type, a public one too.
     */
    static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String name, String text) {
            super(URI.create("text:///" + name.replaceAll("[^\\w./-]", "_") + ".java"), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public boolean isNameCompatible(String simpleName, Kind kind) {
            return kind == Kind.SOURCE;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }

    /** What the compiler says against a text. */
    record Fault(Source source, long line, String message) {}

    /** What a text declares on its top level, and what is wrong with its syntax. */
    record Syntax(List<String> types, List<Fault> faults) {}

    private Compiler() {}

    /** Compiles texts together into a folder and gives what is wrong with them. */
    static List<Fault> compile(Path output, List<Source> sources) {
        var said = new DiagnosticCollector<JavaFileObject>();
        try {
            FILES.setLocationFromPaths(StandardLocation.CLASS_OUTPUT, List.of(output));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        JAVAC.getTask(null, FILES, said, OPTIONS, null, sources).call();
        return faults(said);
    }

    /** What parses a text. */
    static JavacTask parser(DiagnosticListener<JavaFileObject> said, Source source) {
        return (JavacTask) JAVAC.getTask(null, FILES, said, SYNTAX, null, List.of(source));
    }

    static Syntax parse(Source source) {
        var said = new DiagnosticCollector<JavaFileObject>();
        JavacTask task = parser(said, source);
        var types = new ArrayList<String>();
        try {
            task.parse()
                    .forEach(unit -> unit.getTypeDecls().forEach(declaration -> {
                        if (declaration instanceof ClassTree type) {
                            types.add(type.getSimpleName().toString());
                        }
                    }));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Syntax(types, faults(said));
    }

    private static List<Fault> faults(DiagnosticCollector<JavaFileObject> said) {
        return said.getDiagnostics().stream()
                .filter(diagnostic -> diagnostic.getKind() == Diagnostic.Kind.ERROR)
                .map(diagnostic -> new Fault(
                        (Source) diagnostic.getSource(), diagnostic.getLineNumber(), diagnostic.getMessage(null)))
                .toList();
    }
}
