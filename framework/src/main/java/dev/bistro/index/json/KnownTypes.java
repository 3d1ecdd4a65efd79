package dev.bistro.index.json;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.type.TypeVariable;
import javax.lang.model.type.WildcardType;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;

/** Which types of components generated code knows. */
final class KnownTypes {
    /** Types of the JDK that are written as texts and numbers; the same as in {@code body.json.StandardValues}. */
    private static final Set<String> KNOWN = Set.of(
            "java.lang.String",
            "java.lang.Character",
            "java.lang.Boolean",
            "java.lang.Byte",
            "java.lang.Short",
            "java.lang.Integer",
            "java.lang.Long",
            "java.lang.Float",
            "java.lang.Double",
            "java.math.BigInteger",
            "java.math.BigDecimal",
            "java.util.UUID",
            "java.util.OptionalInt",
            "java.util.OptionalLong",
            "java.util.OptionalDouble",
            "java.net.URI",
            "java.time.Instant",
            "java.time.LocalDate",
            "java.time.LocalTime",
            "java.time.LocalDateTime",
            "java.time.OffsetDateTime",
            "java.time.OffsetTime",
            "java.time.ZonedDateTime",
            "java.time.Duration",
            "java.time.Period",
            "java.time.Year",
            "java.time.YearMonth",
            "java.time.MonthDay");

    private static final Set<String> KEYS =
            Set.of("java.lang.String", "java.lang.Integer", "java.lang.Long", "java.util.UUID");

    private final Elements elements;
    private final Types types;
    private final Visibility visibility;

    KnownTypes(ProcessingEnvironment environment, Visibility visibility) {
        this.elements = environment.getElementUtils();
        this.types = environment.getTypeUtils();
        this.visibility = visibility;
    }

    /** What a type is, or a part of it, that a record has and isn't known; empty if all is known. */
    Optional<String> obstacle(TypeMirror type, TypeElement record) {
        if (type.getKind().isPrimitive()) {
            return Optional.empty();
        }
        if (type instanceof TypeVariable) {
            return Optional.empty(); // what stands for it is checked where that is said
        }
        if (type instanceof WildcardType wildcard && wildcard.getExtendsBound() != null) {
            return obstacle(wildcard.getExtendsBound(), record);
        }
        if (type instanceof ArrayType array && array.getComponentType().getKind() == TypeKind.BYTE) {
            return Optional.empty();
        }
        return type instanceof DeclaredType declared && declared.getKind() != TypeKind.ERROR
                ? obstacle(declared, record)
                : Optional.of(type.toString());
    }

    private Optional<String> obstacle(DeclaredType type, TypeElement record) {
        var element = (TypeElement) type.asElement();
        String name = element.getQualifiedName().toString();
        if (KNOWN.contains(name)) {
            return Optional.empty();
        }
        boolean isMap = is(element, "java.util.Map");
        boolean isContainer = name.startsWith("java.util.") && (isMap || is(element, "java.util.Collection"))
                || name.equals("java.util.Optional");
        if (!isContainer && !isOwn(element, record)) {
            return Optional.of(name);
        }
        List<? extends TypeMirror> arguments = type.getTypeArguments();
        if (isContainer && arguments.size() != (isMap ? 2 : 1)
                || arguments.size() < element.getTypeParameters().size()) {
            return Optional.of(type + " without what is in it");
        }
        if (isMap && !isKey(arguments.get(0))) {
            return Optional.of("a map by " + arguments.get(0));
        }
        return arguments.stream()
                .flatMap(argument -> obstacle(argument, record).stream())
                .findFirst();
    }

    private boolean is(TypeElement type, String above) {
        return types.isAssignable(
                types.erasure(type.asType()),
                types.erasure(elements.getTypeElement(above).asType()));
    }

    private boolean isKey(TypeMirror key) {
        return key instanceof DeclaredType declared
                && (KEYS.contains(((TypeElement) declared.asElement())
                                .getQualifiedName()
                                .toString())
                        || declared.asElement().getKind() == ElementKind.ENUM);
    }

    /** Whether a type is a record, an enum or a sealed one of the application, which the record's package can name. */
    private boolean isOwn(TypeElement type, TypeElement record) {
        boolean isClosed = type.getKind() == ElementKind.RECORD
                || type.getKind() == ElementKind.ENUM
                || type.getModifiers().contains(Modifier.SEALED);
        return isClosed && visibility.isVisible(type, record);
    }
}
