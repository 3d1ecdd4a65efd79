package dev.bistro.index.json;

import com.sun.source.util.TreePath;
import com.sun.source.util.Trees;
import java.util.Optional;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.Element;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;

/** Which types a class in another file can name, without a warning of the compiler. */
final class Visibility {
    private final Elements elements;
    private final Optional<Trees> trees;

    Visibility(ProcessingEnvironment environment) {
        this.elements = environment.getElementUtils();
        this.trees = trees(environment);
    }

    private static Optional<Trees> trees(ProcessingEnvironment environment) {
        try {
            return Optional.of(Trees.instance(environment));
        } catch (IllegalArgumentException otherCompiler) {
            return Optional.empty();
        }
    }

    /** Why no class of the same package can name a type, for people; empty if one can. */
    Optional<String> obstacle(TypeElement type) {
        Element at = type;
        for (; at.getEnclosingElement() instanceof TypeElement above; at = above) {
            if (at.getModifiers().contains(Modifier.PRIVATE)) {
                return Optional.of(at == type ? "is private" : "is in a private class");
            }
        }
        return isAuxiliary((TypeElement) at)
                ? Optional.of(at == type ? "is in another class's file" : "is in a class in another class's file")
                : Optional.empty();
    }

    /** Whether a class is in a file that doesn't have its name: javac warns where others name it. */
    private boolean isAuxiliary(TypeElement top) {
        TreePath path = trees.map(known -> known.getPath(top)).orElse(null); // null for those of class files
        if (path == null) {
            return false;
        }
        String file = path.getCompilationUnit().getSourceFile().getName().replace('\\', '/');
        return !file.substring(file.lastIndexOf('/') + 1).equals(top.getSimpleName() + ".java");
    }

    /** Whether a class of a record's package can name a type. */
    boolean isVisible(TypeElement type, TypeElement record) {
        if (elements.getPackageOf(type).equals(elements.getPackageOf(record))) {
            return obstacle(type).isEmpty();
        }
        boolean isPublic = true;
        for (Element at = type; at instanceof TypeElement; at = at.getEnclosingElement()) {
            isPublic &= at.getModifiers().contains(Modifier.PUBLIC);
        }
        return isPublic;
    }
}
