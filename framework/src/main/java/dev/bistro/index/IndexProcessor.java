package dev.bistro.index;

import com.sun.source.util.JavacTask;
import com.sun.source.util.TaskEvent;
import com.sun.source.util.TaskListener;
import dev.bistro.index.json.JsonSources;
import jakarta.inject.Qualifier;
import jakarta.inject.Scope;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.ProcessingEnvironment;
import javax.annotation.processing.RoundEnvironment;
import javax.annotation.processing.SupportedAnnotationTypes;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;
import javax.tools.Diagnostic;
import javax.tools.FileObject;
import javax.tools.StandardLocation;

/**
 * The annotation processor that writes the index of an application's classes when they are compiled. In its rounds it
 * notes which classes an application may need. The checksums can only be computed when the class files are written,
 * which it learns as a listener of javac. Other compilers get no index.
 *
 * <p>It also keeps the Javadoc for descriptions, in a file for each class: class files have none of it. And it has the
 * code of JSON written, see {@link JsonSources}.
 */
@SupportedAnnotationTypes("*")
public final class IndexProcessor extends AbstractProcessor implements TaskListener {
    private final Map<String, Boolean> wanted = new HashMap<>();
    private final Set<String> written = new HashSet<>();
    private CompiledWords words;
    private JsonSources json;
    private Path root;

    /** Called by the compiler. */
    public IndexProcessor() {}

    @Override
    public SourceVersion getSupportedSourceVersion() {
        return SourceVersion.latest();
    }

    @Override
    public synchronized void init(ProcessingEnvironment environment) {
        super.init(environment);
        json = new JsonSources(environment);
        try {
            JavacTask.instance(environment).addTaskListener(this);
            Path file = Path.of(environment
                    .getFiler()
                    .createResource(StandardLocation.CLASS_OUTPUT, "", IndexFile.PATH)
                    .toUri());
            root = file.getParent().getParent().getParent();
        } catch (IllegalArgumentException | FileSystemNotFoundException | IOException e) {
            note("Bistro writes no index of the classes, so an application looks for them when it starts: " + e);
        }
    }

    private void note(String message) {
        processingEnv.getMessager().printMessage(Diagnostic.Kind.NOTE, message);
    }

    @Override
    public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
        for (TypeElement type : ElementFilter.typesIn(round.getRootElements())) {
            words = new CompiledWords(processingEnv.getElementUtils(), processingEnv.getTypeUtils());
            inspect(type);
            write(type);
        }
        json.add(round);
        return false;
    }

    private void inspect(TypeElement type) {
        Elements elements = processingEnv.getElementUtils();
        boolean isWanted = new ApplicationRule(this::isScopeOrQualifier).isWanted(new CompiledClass(type, elements));
        wanted.put(elements.getBinaryName(type).toString(), isWanted);
        words.add(type);
        ElementFilter.typesIn(type.getEnclosedElements()).forEach(this::inspect);
    }

    /** Writes the Javadoc of a class and of those in it. */
    private void write(TypeElement type) {
        if (words.isEmpty()) {
            return;
        }
        try {
            String path = WordsFile.path(
                    processingEnv.getElementUtils().getBinaryName(type).toString());
            FileObject file = processingEnv.getFiler().createResource(StandardLocation.CLASS_OUTPUT, "", path, type);
            try (Writer text = file.openWriter()) {
                WordsFile.write(text, words.all());
            }
        } catch (IllegalArgumentException | IOException e) {
            note("Bistro keeps no descriptions of " + type + " for the OpenAPI document: " + e);
        }
    }

    private boolean isScopeOrQualifier(String annotation) {
        TypeElement type = processingEnv.getElementUtils().getTypeElement(annotation.replace('$', '.'));
        return type != null && (type.getAnnotation(Scope.class) != null || type.getAnnotation(Qualifier.class) != null);
    }

    // ---- after the class files are written

    @Override
    public void finished(TaskEvent event) {
        if (event.getKind() == TaskEvent.Kind.GENERATE && event.getTypeElement() != null) {
            written.add(topLevel(event.getTypeElement()));
        } else if (event.getKind() == TaskEvent.Kind.COMPILATION && root != null && !written.isEmpty()) {
            write();
        }
    }

    private String topLevel(TypeElement type) {
        TypeElement top = type;
        for (Element at = type.getEnclosingElement(); at != null; at = at.getEnclosingElement()) {
            top = at instanceof TypeElement above ? above : top;
        }
        return processingEnv.getElementUtils().getBinaryName(top).toString();
    }

    private void write() {
        try {
            new IndexUpdate(root, written, wanted).write();
        } catch (IOException e) {
            note("Bistro's index of the classes can't be written, so an application looks for them when it starts: "
                    + e);
        }
    }
}
