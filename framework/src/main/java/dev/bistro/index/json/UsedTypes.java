package dev.bistro.index.json;

import dev.bistro.annotation.Delete;
import dev.bistro.annotation.ExceptionHandler;
import dev.bistro.annotation.Get;
import dev.bistro.annotation.Options;
import dev.bistro.annotation.Patch;
import dev.bistro.annotation.Post;
import dev.bistro.annotation.Put;
import dev.bistro.annotation.Query;
import dev.bistro.annotation.Route;
import dev.bistro.annotation.WebSocket;
import dev.bistro.feed.Feed;
import java.lang.annotation.Annotation;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.type.TypeVariable;
import javax.lang.model.type.WildcardType;
import javax.lang.model.util.ElementFilter;

/**
 * The types that classes give and take: what stands in the signatures of controllers and WebSockets, and the items of
 * feeds in those of any class, with all that is in these.
 */
final class UsedTypes {
    private static final List<Class<? extends Annotation>> OF_CLASSES = List.of(Route.class, WebSocket.class);
    private static final List<Class<? extends Annotation>> OF_METHODS = List.of(
            Get.class,
            Post.class,
            Put.class,
            Patch.class,
            Delete.class,
            Options.class,
            Query.class,
            Route.class,
            ExceptionHandler.class);
    private static final String FEEDS = Feed.class.getPackageName() + ".";

    private final ProcessingEnvironment environment;
    private final Set<TypeElement> used = new LinkedHashSet<>();
    private final Set<String> seen = new HashSet<>();

    UsedTypes(ProcessingEnvironment environment) {
        this.environment = environment;
    }

    /** The records among them. */
    Set<TypeElement> records() {
        var records = new LinkedHashSet<>(used);
        records.removeIf(type -> type.getKind() != ElementKind.RECORD);
        return records;
    }

    /** Adds a type with all that is in it. */
    void add(TypeElement type) {
        if (used.add(type)) {
            type.getRecordComponents().forEach(component -> add(component.asType()));
            type.getPermittedSubclasses().forEach(this::add);
        }
    }

    /** Adds what a class gives and takes, and those in it. */
    void addOf(TypeElement type) {
        boolean isWeb = has(type, OF_CLASSES)
                || ElementFilter.methodsIn(type.getEnclosedElements()).stream()
                        .anyMatch(method -> has(method, OF_METHODS));
        if (isWeb) {
            add(type.getSuperclass());
            type.getInterfaces().forEach(this::add);
        }
        for (Element member : type.getEnclosedElements()) {
            if (member instanceof TypeElement nested) {
                addOf(nested);
            } else if (member instanceof ExecutableElement method) {
                addOf(method.getReturnType(), isWeb);
                method.getParameters().forEach(parameter -> addOf(parameter.asType(), isWeb));
            } else {
                addOf(member.asType(), false);
            }
        }
    }

    private static boolean has(Element element, List<Class<? extends Annotation>> annotations) {
        return annotations.stream().anyMatch(one -> element.getAnnotation(one) != null);
    }

    private void addOf(TypeMirror type, boolean isWeb) {
        boolean isFeed = type instanceof DeclaredType declared
                && declared.asElement() instanceof TypeElement element
                && element.getQualifiedName().toString().startsWith(FEEDS);
        if (isWeb || isFeed) {
            add(type);
        }
    }

    private void add(TypeMirror type) {
        if (!seen.add(type.toString())) {
            return; // such as T extends Comparable<T>
        }
        if (type instanceof DeclaredType declared) {
            declared.getTypeArguments().forEach(this::add);
            add((TypeElement) environment.getTypeUtils().asElement(declared));
        } else if (type instanceof ArrayType array) {
            add(array.getComponentType());
        } else if (type instanceof WildcardType wildcard && wildcard.getExtendsBound() != null) {
            add(wildcard.getExtendsBound());
        } else if (type instanceof TypeVariable variable) {
            add(variable.getUpperBound());
        }
    }
}
