package dev.bistro.scan;

import dev.bistro.index.ClassFacts;
import io.github.classgraph.AnnotationInfo;
import io.github.classgraph.ClassInfo;
import java.lang.annotation.Annotation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** A class, as its class file describes it. */
record ScannedClass(ClassInfo type) implements ClassFacts {
    @Override
    public Kind kind() {
        if (type.isAnnotation()) {
            return Kind.ANNOTATION;
        }
        if (type.isInterface() || type.isAbstract() && !type.isEnum()) {
            return Kind.ABSTRACT;
        }
        return type.isEnum() || type.isRecord() ? Kind.VALUE : Kind.CLASS;
    }

    @Override
    public boolean isLocal() {
        return type.isAnonymousInnerClass() || type.getFullyQualifiedDefiningMethodName() != null;
    }

    @Override
    public boolean isInner() {
        return type.isInnerClass() && !type.isStatic();
    }

    @Override
    public Collection<String> annotations() {
        return type.getAnnotationInfo().stream().map(AnnotationInfo::getName).toList();
    }

    @Override
    public boolean hasMember(Class<? extends Annotation> annotation) {
        return type.hasDeclaredMethodAnnotation(annotation)
                || type.hasDeclaredFieldAnnotation(annotation)
                || type.getDeclaredConstructorInfo().stream().anyMatch(made -> made.hasAnnotation(annotation));
    }

    @Override
    public Collection<String> supertypes() {
        List<String> names = new ArrayList<>();
        if (type.getSuperclass() != null) {
            names.add(type.getSuperclass().getName());
        }
        type.getInterfaces().directOnly().forEach(above -> names.add(above.getName()));
        return names;
    }
}
