package dev.bistro.index.json;

import dev.bistro.annotation.Header;
import dev.bistro.json.generated.GeneratedJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.RecordComponentElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.TypeKind;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;

/**
 * Decides for which records code can be generated: those of which everything is known that Jackson would look at. What
 * is in their components' own types is decided for these by themselves.
 */
final class JsonRules {
    private static final Set<String> HARMLESS =
            Set.of("java.lang.Object", "java.lang.Record", "java.lang.Comparable", "java.io.Serializable");

    private final Elements elements;
    private final Types types;
    private final Set<TypeElement> compiled;
    private final Visibility visibility;
    private final KnownTypes known;

    /**
     * @param compiled the classes of the compilation
     */
    JsonRules(ProcessingEnvironment environment, Set<TypeElement> compiled) {
        this.elements = environment.getElementUtils();
        this.types = environment.getTypeUtils();
        this.compiled = compiled;
        this.visibility = new Visibility(environment);
        this.known = new KnownTypes(environment, visibility);
    }

    // ---- records

    /** Why no code can be generated for a record, for people; empty if it can. */
    Optional<String> obstacle(TypeElement type) {
        return Stream.of(visibility.obstacle(type), foreign(type), inherited(type), getter(type))
                .flatMap(Optional::stream)
                .findFirst()
                .map(what -> name(type) + " " + what)
                .or(() -> components(type));
    }

    /** Without its package: {@code Shop.Item}. */
    static String name(TypeElement type) {
        return type.getEnclosingElement() instanceof TypeElement above
                ? name(above) + "." + type.getSimpleName()
                : type.getSimpleName().toString();
    }

    /** The member by which a record is told apart from others of a sealed type. */
    Optional<Discriminator> discriminator(TypeElement type) {
        return Discriminator.of(type, above(type).distinct(), types);
    }

    private Optional<String> foreign(TypeElement type) {
        boolean isDiscriminated = discriminator(type).isPresent();
        return above(type)
                .flatMap(one -> Stream.concat(Stream.of(one), one.getEnclosedElements().stream()))
                .flatMap(one -> one instanceof ExecutableElement method
                        ? Stream.concat(Stream.of(one), method.getParameters().stream())
                        : Stream.of(one))
                .flatMap(one -> one.getAnnotationMirrors().stream())
                .map(JsonRules::element)
                .filter(this::isForeign)
                .filter(annotation -> !(isDiscriminated && Discriminator.isPart(annotation)))
                .findFirst()
                .map(annotation -> "has @" + annotation.getSimpleName());
    }

    private static TypeElement element(AnnotationMirror annotation) {
        return (TypeElement) annotation.getAnnotationType().asElement();
    }

    /** Whether an annotation is Jackson's, or stands for some of those. */
    private boolean isForeign(TypeElement annotation) {
        return Stream.concat(
                        Stream.of(annotation),
                        annotation.getAnnotationMirrors().stream().map(JsonRules::element))
                .map(one -> one.getQualifiedName().toString())
                .anyMatch(name -> name.startsWith("com.fasterxml.jackson.")
                        || name.startsWith("tools.jackson.")
                        || name.startsWith("java.beans."));
    }

    /** A class with all that it extends and implements. */
    private Stream<TypeElement> above(TypeElement type) {
        return Stream.concat(
                Stream.of(type),
                types.directSupertypes(type.asType()).stream()
                        .flatMap(one -> above((TypeElement) types.asElement(one))));
    }

    private Optional<String> inherited(TypeElement type) {
        return above(type)
                .map(one -> one.getQualifiedName().toString())
                .filter(name ->
                        name.startsWith("java.") && !HARMLESS.contains(name) || name.startsWith("tools.jackson."))
                .findFirst()
                .map(name -> "is a " + name);
    }

    /** A method that Jackson takes for the getter of one more property. */
    private Optional<String> getter(TypeElement type) {
        List<String> components = type.getRecordComponents().stream()
                .map(one -> one.getSimpleName().toString())
                .toList();
        return ElementFilter.methodsIn(elements.getAllMembers(type)).stream()
                .filter(method -> method.getModifiers().contains(Modifier.PUBLIC)
                        && !method.getModifiers().contains(Modifier.STATIC)
                        && method.getParameters().isEmpty()
                        && method.getReturnType().getKind() != TypeKind.VOID)
                .map(method -> method.getSimpleName().toString())
                .filter(name ->
                        name.startsWith("get") && name.length() > 3 || name.startsWith("is") && name.length() > 2)
                .filter(name -> !name.equals("getClass") && !components.contains(name))
                .findFirst()
                .map(name -> "has the getter " + name + "()");
    }

    // ---- components

    /** The components that are in the JSON: those that aren't sent as header fields. */
    static List<RecordComponentElement> written(TypeElement type) {
        var written = new ArrayList<RecordComponentElement>();
        for (RecordComponentElement component : type.getRecordComponents()) {
            if (component.getAnnotation(Header.class) == null) {
                written.add(component);
            }
        }
        return written;
    }

    private Optional<String> components(TypeElement type) {
        return type.getRecordComponents().stream()
                .flatMap(component -> known
                        .obstacle(component.asType(), type)
                        .map(what -> name(type) + "." + component.getSimpleName() + " is " + what)
                        .stream())
                .findFirst();
    }

    /** Whether a type is a record whose code can be called by its name from a record's. */
    boolean isCallable(TypeElement type, TypeElement record) {
        return type.getKind() == ElementKind.RECORD
                && compiled.contains(type)
                && elements.getPackageOf(type).equals(elements.getPackageOf(record))
                && obstacle(type).isEmpty();
    }

    /** The name of the class with a record's code. */
    String generatedName(TypeElement type) {
        return elements.getBinaryName(type) + GeneratedJson.SUFFIX;
    }
}
