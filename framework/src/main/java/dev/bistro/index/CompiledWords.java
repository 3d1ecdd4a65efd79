package dev.bistro.index;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;

/**
 * The Javadoc of a class and of those in it, while it is compiled: of the classes, of fields and components, and of the
 * methods that have an annotation of Bistro's, with their parameters.
 */
final class CompiledWords {
    private static final String ANNOTATIONS = "dev.bistro.annotation.";

    private final Elements elements;
    private final Types types;
    private final Map<String, String> words = new TreeMap<>();

    CompiledWords(Elements elements, Types types) {
        this.elements = elements;
        this.types = types;
    }

    boolean isEmpty() {
        return words.isEmpty();
    }

    /** The texts by {@link WordsFile}'s keys. */
    Map<String, String> all() {
        return words;
    }

    /** Adds those of a class, but not of the classes in it. */
    void add(TypeElement type) {
        String name = elements.getBinaryName(type).toString();
        Javadoc ofType = javadoc(type);
        put(name, ofType.text());
        if (type.getKind() == ElementKind.RECORD) {
            ofType.parameters().forEach((component, text) -> put(WordsFile.member(name, component), text));
        }
        for (VariableElement field : ElementFilter.fieldsIn(type.getEnclosedElements())) {
            put(
                    WordsFile.member(name, field.getSimpleName().toString()),
                    javadoc(field).text());
        }
        for (ExecutableElement method : ElementFilter.methodsIn(type.getEnclosedElements())) {
            if (isBistros(method)) {
                addMethod(name, method);
            }
        }
    }

    private void addMethod(String type, ExecutableElement method) {
        List<String> parameters = method.getParameters().stream()
                .map(parameter -> name(types.erasure(parameter.asType())))
                .collect(Collectors.toList());
        String key = WordsFile.method(type, method.getSimpleName().toString(), parameters);
        Javadoc javadoc = javadoc(method);
        put(key, javadoc.text());
        put(WordsFile.result(key), javadoc.result());
        javadoc.parameters().forEach((parameter, text) -> put(WordsFile.parameter(key, parameter), text));
    }

    /** The name that the class of a parameter has in {@link Class#getName}, with brackets for arrays. */
    private String name(TypeMirror type) {
        if (type instanceof DeclaredType declared && declared.asElement() instanceof TypeElement element) {
            return elements.getBinaryName(element).toString();
        }
        if (type instanceof ArrayType array) {
            return name(array.getComponentType()) + "[]";
        }
        // toString() has the annotations of the type too, such as those of constraints
        return type.getKind().isPrimitive() ? type.getKind().name().toLowerCase(Locale.ROOT) : type.toString();
    }

    private static boolean isBistros(Element method) {
        return method.getAnnotationMirrors().stream()
                .anyMatch(mark -> mark.getAnnotationType().toString().startsWith(ANNOTATIONS));
    }

    private Javadoc javadoc(Element element) {
        String comment = elements.getDocComment(element);
        return Javadoc.parse(comment == null ? "" : comment);
    }

    private void put(String key, String text) {
        if (!text.isEmpty()) {
            words.putIfAbsent(key, text);
        }
    }
}
