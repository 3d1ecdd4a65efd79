package dev.bistro.index.json;

import java.util.Locale;
import java.util.stream.Collectors;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.type.TypeVariable;

/** What all sources have. */
final class Sources {
    private Sources() {}

    /** The first lines of a file. */
    static String head(String packageName) {
        return "// Written by Bistro's annotation processor.\n"
                + (packageName.isEmpty() ? "" : "package " + packageName + ";\n")
                + "\n"
                // what the application's own types may be is nothing that the user can do anything about here
                + "@SuppressWarnings({\"deprecation\", \"removal\", \"rawtypes\", \"unchecked\", \"preview\"})\n";
    }

    /** The name of a class without its package. */
    static String simple(String name) {
        return name.substring(name.lastIndexOf('.') + 1);
    }

    /** A type without annotations, with its arguments. */
    static String type(TypeMirror mirror) {
        if (mirror instanceof TypeVariable) {
            return "java.lang.Object"; // in what holds values of it, whose type is erased
        }
        if (!(mirror instanceof DeclaredType declared)) {
            return mirror.getKind().toString().toLowerCase(Locale.ROOT); // a primitive type
        }
        String name = ((TypeElement) declared.asElement()).getQualifiedName().toString();
        return declared.getTypeArguments().isEmpty()
                ? name
                : declared.getTypeArguments().stream()
                        .map(Sources::type)
                        .collect(Collectors.joining(", ", name + "<", ">"));
    }

    /** A text as it is in a source, in ASCII. */
    static String literal(String text) {
        var literal = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            if (c == '"' || c == '\\') {
                literal.append('\\').append(c);
            } else if (c >= ' ' && c < 0x7f) {
                literal.append(c);
            } else {
                literal.append(String.format("\\u%04x", (int) c));
            }
        }
        return literal.append('"').toString();
    }
}
