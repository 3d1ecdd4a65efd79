package dev.bistro.openapi.document;

import dev.bistro.annotation.Description;
import dev.bistro.index.ClassWords;
import dev.bistro.openapi.schema.SchemaWords;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.RecordComponent;
import java.util.Optional;
import java.util.stream.Stream;

/** Descriptions: those of {@code @Description}, or else those that the Javadoc has. */
final class DocumentWords implements SchemaWords {
    private final ClassWords javadoc = new ClassWords();

    @Override
    public Optional<String> of(Class<?> type) {
        return annotated(type).or(() -> javadoc.of(type));
    }

    @Override
    public Optional<String> of(Class<?> type, String property) {
        Stream<AnnotatedElement> members = Stream.concat(
                type.isRecord() ? Stream.of(type.getRecordComponents()) : Stream.empty(),
                Stream.of(type.getDeclaredFields()));
        return members.filter(member -> name(member).equals(property))
                .flatMap(member -> annotated(member).stream())
                .findFirst()
                .or(() -> javadoc.of(type, property));
    }

    private static String name(AnnotatedElement member) {
        return member instanceof RecordComponent component ? component.getName() : ((Field) member).getName();
    }

    Optional<String> of(Method method) {
        return annotated(method).or(() -> javadoc.of(method));
    }

    Optional<String> ofResult(Method method) {
        return javadoc.ofResult(method);
    }

    /** What is said where a parameter is declared: at a method's parameter or a record's component. */
    Optional<String> of(AnnotatedElement declared) {
        if (declared instanceof Parameter parameter && parameter.getDeclaringExecutable() instanceof Method method) {
            return annotated(parameter).or(() -> javadoc.ofParameter(method, parameter.getName()));
        }
        return declared instanceof RecordComponent component
                ? of(component.getDeclaringRecord(), component.getName())
                : annotated(declared);
    }

    private static Optional<String> annotated(AnnotatedElement element) {
        return Optional.ofNullable(element.getAnnotation(Description.class)).map(Description::value);
    }

    /** The first sentence of a text. */
    static String summary(String text) {
        String paragraph = text.split("\n\n", 2)[0];
        int end = paragraph.indexOf(". ");
        String sentence = end < 0 ? paragraph : paragraph.substring(0, end);
        return sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
    }
}
