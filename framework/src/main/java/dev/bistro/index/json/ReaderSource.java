package dev.bistro.index.json;

import dev.bistro.json.generated.JsonInput;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.RecordComponentElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.type.TypeVariable;

/** The members of the class that reads the values of one record. */
final class ReaderSource {
    private static final String IN = JsonInput.class.getName();
    private static final String HELD = "java.util.List<java.util.function.Function<" + IN + ", Object>>";

    /** A bit for each component is in a long, and one for the member that tells a record apart. */
    private static final int MAX_COMPONENTS = 63;

    private static final Map<String, String> READS = Map.ofEntries(
            Map.entry("boolean", "readBoolean"),
            Map.entry("byte", "readByte"),
            Map.entry("short", "readShort"),
            Map.entry("int", "readInt"),
            Map.entry("long", "readLong"),
            Map.entry("double", "readDouble"),
            Map.entry("java.lang.Boolean", "readBoolean"),
            Map.entry("java.lang.Byte", "readByte"),
            Map.entry("java.lang.Short", "readShort"),
            Map.entry("java.lang.Integer", "readInt"),
            Map.entry("java.lang.Long", "readLong"),
            Map.entry("java.lang.Double", "readDouble"),
            Map.entry("java.lang.String", "readString"),
            Map.entry("java.math.BigDecimal", "readDecimal"),
            Map.entry("java.math.BigInteger", "readInteger"),
            Map.entry("java.util.UUID", "readUuid"),
            Map.entry("java.net.URI", "readUri"),
            Map.entry("java.time.LocalDate", "readDate"),
            Map.entry("java.time.LocalTime", "readTime"),
            Map.entry("java.time.LocalDateTime", "readDateTime"),
            Map.entry("java.time.OffsetDateTime", "readOffsetDateTime"),
            Map.entry("java.time.Duration", "readDuration"),
            Map.entry("java.time.Instant", "readInstant"));

    private static final Map<String, String> COLLECTIONS = Map.of(
            "java.util.List", "java.util.ArrayList",
            "java.util.Collection", "java.util.ArrayList",
            "java.util.Set", "java.util.LinkedHashSet");

    private final TypeElement type;
    private final JsonRules rules;
    private final StringBuilder helpers = new StringBuilder();
    private int variables;
    private String obstacle = "";

    ReaderSource(TypeElement type, JsonRules rules) {
        this.type = type;
        this.rules = rules;
    }

    /** The members, behind those that write. */
    String text(String record) {
        List<? extends RecordComponentElement> components = type.getRecordComponents();
        Optional<Discriminator> discriminator = rules.discriminator(type);
        if (components.size() > MAX_COMPONENTS) {
            obstacle = "has more than " + MAX_COMPONENTS + " components";
        }
        var locals = new StringBuilder();
        var cases = new StringBuilder();
        long required = 0;
        for (int i = 0; i < components.size(); i++) {
            RecordComponentElement component = components.get(i);
            Optional<String> read = obstacle.isEmpty() ? expression(component.asType()) : Optional.empty();
            if (read.isEmpty()) {
                return refusal(record, component);
            }
            boolean isOptional = name(component.asType()).equals("java.util.Optional");
            required |= isOptional ? 0 : 1L << i;
            String declared = component.asType() instanceof TypeVariable variable
                    ? bound(variable).orElseThrow()
                    : Sources.type(component.asType());
            String cast = declared.equals(Sources.type(component.asType())) ? "" : "(" + declared + ") ";
            locals.append("        " + declared + " c" + i + " = " + initial(component) + ";\n");
            cases.append("                case " + i + " -> c" + i + " = " + cast + read.get() + ";\n");
        }
        int count = components.size();
        if (discriminator.isPresent()) {
            required |= 1L << count;
            cases.append("                case " + count + " -> in.require(TOLD);\n");
        }
        String names = Stream.concat(
                        components.stream()
                                .map(component -> component.getSimpleName().toString()),
                        discriminator.map(Discriminator::property).stream())
                .map(name -> "\n        " + quoted(name))
                .collect(Collectors.joining(","));
        String told = discriminator
                .map(known -> "\n    private static final byte[] TOLD = " + quoted(known.name()) + ";\n")
                .orElse("");
        String arguments = IntStream.range(0, count).mapToObj(i -> "c" + i).collect(Collectors.joining(", "));
        return told
                + "\n    private static final byte[][] NAMES = {" + names + "\n    };\n"
                + "\n    static " + record + " take(" + parameters() + ") {\n"
                + locals
                + "        long seen = 0;\n        int next = " + (discriminator.isPresent() ? count : 0)
                + ";\n        in.openObject();\n"
                + "        while (in.hasMember(seen == 0)) {\n"
                + "            int member = in.member(NAMES, next);\n"
                + "            seen = in.note(seen, member);\n"
                + "            next = member + 1;\n"
                + "            switch (member) {\n"
                + cases
                + "                default -> throw " + IN + ".unusual();\n"
                + "            }\n        }\n"
                + "        in.require(" + required + "L, seen);\n"
                + "        return new " + type.getQualifiedName() + "(" + arguments + ");\n    }\n"
                + helpers
                + reading(record);
    }

    private static String quoted(String text) {
        return WriterSource.OUT + ".bytes(" + Sources.literal("\"" + text + "\"") + ")";
    }

    private String reading(String record) {
        return "\n    @Override\n    public " + record + " read(" + parameters() + ") {\n        return take(" + given()
                + ");\n    }\n";
    }

    /** What all methods that read are given: of a generic record, also what reads values of its variables. */
    private String parameters() {
        return IN + " in" + (isGeneric() ? ", " + HELD + " held" : "");
    }

    private String given() {
        return isGeneric() ? "in, held" : "in";
    }

    private boolean isGeneric() {
        return !type.getTypeParameters().isEmpty();
    }

    /** The type of a component that has a variable as its type; empty if generated code may not know it. */
    private static Optional<String> bound(TypeVariable variable) {
        String name = name(variable.getUpperBound());
        return name.startsWith("java.") ? Optional.of(name) : Optional.empty();
    }

    /** In the place of what reads: others may call it, and are told by Jackson. */
    private String refusal(String record, RecordComponentElement component) {
        String why = obstacle.isEmpty() ? "." + component.getSimpleName() + " isn't read" : " " + obstacle;
        return "\n    static " + record + " take(" + IN + " in) {\n        throw " + IN + ".unusual();\n    }\n"
                + "\n    @Override\n    public String readingObstacle() {\n        return "
                + Sources.literal(JsonRules.name(type) + why) + ";\n    }\n";
    }

    private static String initial(RecordComponentElement component) {
        return switch (component.asType().getKind()) {
            case BOOLEAN -> "false";
            case BYTE, SHORT, INT, LONG, DOUBLE -> "0";
            default -> name(component.asType()).equals("java.util.Optional") ? "java.util.Optional.empty()" : "null";
        };
    }

    /** The name of a type without its arguments. */
    private static String name(TypeMirror mirror) {
        return mirror instanceof DeclaredType declared
                ? ((TypeElement) declared.asElement()).getQualifiedName().toString()
                : mirror.getKind().toString().toLowerCase(java.util.Locale.ROOT);
    }

    // ---- values

    /** What reads a value of a type; empty if nothing does. */
    private Optional<String> expression(TypeMirror mirror) {
        String name = name(mirror);
        if (READS.containsKey(name)) {
            return Optional.of("in." + READS.get(name) + "()");
        }
        if (mirror instanceof TypeVariable variable) {
            int index = type.getTypeParameters().indexOf(variable.asElement());
            return index < 0 ? Optional.empty() : bound(variable).map(known -> "held.get(" + index + ").apply(in)");
        }
        if (!(mirror instanceof DeclaredType declared)) {
            return Optional.empty();
        }
        List<? extends TypeMirror> arguments = declared.getTypeArguments();
        if (name.equals("java.util.Optional")) {
            boolean isDouble = name(arguments.get(0)).equals(name);
            return isDouble
                    ? Optional.empty()
                    : expression(arguments.get(0)).map(held -> optional(arguments.get(0), held));
        }
        if (COLLECTIONS.containsKey(name)) {
            return expression(arguments.get(0)).map(element -> collection(declared, COLLECTIONS.get(name), element));
        }
        if (name.equals("java.util.Map")) {
            return name(arguments.get(0)).equals("java.lang.String")
                    ? expression(arguments.get(1)).map(value -> map(declared, value))
                    : Optional.empty();
        }
        return own((TypeElement) declared.asElement());
    }

    private Optional<String> own(TypeElement element) {
        boolean isOne = element.getKind() == ElementKind.RECORD
                && element.getTypeParameters().isEmpty();
        if (isOne && rules.isCallable(element, type)) {
            return Optional.of(Sources.simple(rules.generatedName(element)) + ".take(in)");
        }
        return isOne
                        || element.getKind() == ElementKind.ENUM
                        || element.getModifiers().contains(Modifier.SEALED)
                ? Optional.of("in.read(" + element.getQualifiedName() + ".class)")
                : Optional.empty();
    }

    private static String optional(TypeMirror type, String held) {
        return "in.takesNull() ? java.util.Optional.<" + Sources.type(type) + ">empty() : java.util.Optional.of(" + held
                + ")";
    }

    private String collection(DeclaredType declared, String made, String element) {
        return helper(
                declared,
                "Array",
                "new " + made + "<" + Sources.type(declared.getTypeArguments().get(0)) + ">()",
                "Element",
                "all.add(" + element + ");\n");
    }

    private String map(DeclaredType declared, String value) {
        return helper(
                declared,
                "Object",
                "new java.util.LinkedHashMap<String, "
                        + Sources.type(declared.getTypeArguments().get(1)) + ">()",
                "Member",
                "if (all.put(in.key(), " + value + ") != null) {\n                throw " + IN
                        + ".unusual();\n            }\n");
    }

    private String helper(DeclaredType declared, String kind, String made, String part, String step) {
        String name = "r" + variables++;
        helpers.append("\n    private static " + Sources.type(declared) + " " + name + "(" + parameters() + ") {\n"
                + "        var all = " + made + ";\n"
                + "        in.open" + kind + "();\n"
                + "        while (in.has" + part + "(all.isEmpty())) {\n"
                + "            " + step
                + "        }\n        return all;\n    }\n");
        return name + "(" + given() + ")";
    }
}
