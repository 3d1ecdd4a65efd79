package dev.bistro.index;

import java.lang.annotation.Annotation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.NestingKind;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.Elements;

/** A class as the compiler sees it. */
record CompiledClass(TypeElement type, Elements elements) implements ClassFacts {
    @Override
    public Kind kind() {
        return switch (type.getKind()) {
            case ANNOTATION_TYPE -> Kind.ANNOTATION;
            case INTERFACE -> Kind.ABSTRACT;
            case ENUM, RECORD -> Kind.VALUE;
            default -> type.getModifiers().contains(Modifier.ABSTRACT) ? Kind.ABSTRACT : Kind.CLASS;
        };
    }

    @Override
    public boolean isLocal() {
        return type.getNestingKind() == NestingKind.LOCAL || type.getNestingKind() == NestingKind.ANONYMOUS;
    }

    @Override
    public boolean isInner() {
        return type.getNestingKind() == NestingKind.MEMBER
                && !type.getModifiers().contains(Modifier.STATIC);
    }

    @Override
    public Collection<String> annotations() {
        return names(elements.getAllAnnotationMirrors(type));
    }

    @Override
    public boolean hasMember(Class<? extends Annotation> annotation) {
        return type.getEnclosedElements().stream()
                .filter(member -> !isType(member))
                .anyMatch(member -> names(member.getAnnotationMirrors()).contains(annotation.getName()));
    }

    private static boolean isType(Element element) {
        ElementKind kind = element.getKind();
        return kind.isClass() || kind.isInterface();
    }

    @Override
    public Collection<String> supertypes() {
        var names = new ArrayList<String>();
        Stream.concat(Stream.of(type.getSuperclass()), type.getInterfaces().stream())
                .flatMap(CompiledClass::element)
                .forEach(above -> names.add(elements.getBinaryName(above).toString()));
        return names;
    }

    private static Stream<TypeElement> element(TypeMirror mirror) {
        return mirror instanceof DeclaredType declared && declared.asElement() instanceof TypeElement element
                ? Stream.of(element)
                : Stream.empty();
    }

    private List<String> names(List<? extends AnnotationMirror> annotations) {
        return annotations.stream()
                .flatMap(annotation -> element(annotation.getAnnotationType()))
                .map(annotation -> elements.getBinaryName(annotation).toString())
                .toList();
    }
}
