package dev.bistro.index.json;

import dev.bistro.json.generated.GeneratedJson;
import dev.bistro.json.generated.JsonOutput;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.RecordComponentElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.type.WildcardType;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;

/**
 * The source of the class that writes and reads the values of one record. Records of the same package, and collections
 * of them, are written by calls of their code; everything else goes through {@code JsonOutput.write}.
 */
final class WriterSource {
    static final String OUT = JsonOutput.class.getName();

    private final TypeElement type;
    private final JsonRules rules;
    private final Elements elements;
    private final Types types;
    private final StringBuilder constants = new StringBuilder();
    private final StringBuilder body = new StringBuilder();
    private int variables;

    WriterSource(TypeElement type, JsonRules rules, ProcessingEnvironment environment) {
        this.type = type;
        this.rules = rules;
        this.elements = environment.getElementUtils();
        this.types = environment.getTypeUtils();
    }

    String text() {
        writeMembers();
        String name = Sources.simple(rules.generatedName(type));
        String record = type.getQualifiedName()
                + (type.getTypeParameters().isEmpty()
                        ? ""
                        : "<"
                                + String.join(
                                        ", ",
                                        Collections.nCopies(
                                                type.getTypeParameters().size(), "?")) + ">");
        String packageName = elements.getPackageOf(type).getQualifiedName().toString();
        return Sources.head(packageName)
                + "final class " + name + " extends " + GeneratedJson.class.getName() + "<" + record + "> {\n"
                + constants
                + "\n    " + name + "() {\n        super(" + String.join(", ", arguments()) + ");\n    }\n"
                + "\n    static void put(" + record + " value, " + OUT + " out) {\n"
                + "        if (value == null) {\n            out.writeNull();\n            return;\n        }\n"
                + body
                + "        out.close();\n    }\n"
                + "\n    @Override\n    public void write(" + record + " value, " + OUT + " out) {\n"
                + "        put(value, out);\n    }\n"
                + new ReaderSource(type, rules).text(record)
                + "}\n";
    }

    /** Of the constructor: the shape, and the parts. */
    private List<String> arguments() {
        var parts = new LinkedHashSet<String>();
        type.getRecordComponents().forEach(component -> addParts(component.asType(), parts));
        var arguments = new ArrayList<String>();
        arguments.add(Sources.literal(type.getRecordComponents().stream()
                        .map(component -> component.getSimpleName().toString())
                        .collect(Collectors.joining(","))
                + rules.discriminator(type)
                        .map(known -> ";" + known.property() + "=" + known.name())
                        .orElse("")));
        parts.forEach(part -> arguments.add(part + ".class"));
        return arguments;
    }

    private void addParts(TypeMirror mirror, Set<String> parts) {
        if (mirror instanceof WildcardType wildcard && wildcard.getExtendsBound() != null) {
            addParts(wildcard.getExtendsBound(), parts);
        } else if (mirror instanceof DeclaredType declared) {
            var element = (TypeElement) declared.asElement();
            if (!element.getQualifiedName().toString().startsWith("java.")) {
                parts.add(element.getQualifiedName().toString());
            }
            declared.getTypeArguments().forEach(argument -> addParts(argument, parts));
        }
    }

    // ---- members

    private void writeMembers() {
        String begin = rules.discriminator(type).map(Discriminator::start).orElse("{");
        String before = begin.equals("{") ? begin : begin + ",";
        boolean isFirst = true;
        for (RecordComponentElement component : JsonRules.written(type)) {
            String start = constant(before + "\"" + component.getSimpleName() + "\":");
            body.append("        out.").append(isFirst ? "open" : "raw").append("(" + start + ");\n");
            writeValue("value." + component.getSimpleName() + "()", component.asType(), "        ");
            before = ",";
            isFirst = false;
        }
        if (isFirst) {
            body.append("        out.open(" + constant(begin) + ");\n");
        }
    }

    private String constant(String json) {
        String name = "N" + constants.chars().filter(c -> c == '\n').count();
        constants.append(
                "    private static final byte[] " + name + " = " + OUT + ".bytes(" + Sources.literal(json) + ");\n");
        return name;
    }

    private void writeValue(String value, TypeMirror mirror, String indent) {
        if (mirror instanceof DeclaredType declared && isCallable(declared)) {
            body.append(indent + call(declared) + "(" + value + ", out);\n");
        } else if (elementOf(mirror) instanceof DeclaredType element && isCallable(element)) {
            writeArray(value, element, indent);
        } else {
            body.append(indent + "out.write(" + value + ");\n");
        }
    }

    private void writeArray(String value, DeclaredType element, String indent) {
        String all = "v" + variables++;
        String one = "v" + variables++;
        String deeper = indent + "    ";
        body.append(indent + "var " + all + " = " + value + ";\n")
                .append(indent + "if (" + all + " == null) {\n")
                .append(deeper + "out.writeNull();\n")
                .append(indent + "} else {\n")
                .append(deeper + "out.openArray(" + all + ");\n")
                .append(deeper + "for (var " + one + " : " + all + ") {\n")
                .append(deeper + "    out.element();\n")
                .append(deeper + "    " + call(element) + "(" + one + ", out);\n")
                .append(deeper + "}\n")
                .append(deeper + "out.closeArray();\n")
                .append(indent + "}\n");
    }

    private boolean isCallable(DeclaredType declared) {
        return rules.isCallable((TypeElement) declared.asElement(), type);
    }

    private String call(DeclaredType declared) {
        return Sources.simple(rules.generatedName((TypeElement) declared.asElement())) + ".put";
    }

    /** What is in a collection; the type itself for any other. */
    private TypeMirror elementOf(TypeMirror mirror) {
        boolean isCollection = mirror instanceof DeclaredType declared
                && declared.getTypeArguments().size() == 1
                && types.isAssignable(
                        types.erasure(mirror),
                        types.erasure(
                                elements.getTypeElement("java.util.Collection").asType()));
        if (!isCollection) {
            return mirror;
        }
        TypeMirror element = ((DeclaredType) mirror).getTypeArguments().get(0);
        return element instanceof WildcardType wildcard && wildcard.getExtendsBound() != null
                ? wildcard.getExtendsBound()
                : element;
    }
}
