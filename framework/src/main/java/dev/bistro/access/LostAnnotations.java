package dev.bistro.access;

import dev.bistro.handler.AccessAnnotations;
import dev.bistro.handler.RouteAnnotations;
import dev.bistro.startup.Place;
import dev.bistro.startup.Problem;
import dev.bistro.startup.Problems;
import dev.bistro.types.Hierarchy;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;

/**
 * Reports annotations that say who may call, whose classes are missing. Reflection drops such an annotation without a
 * word, and the route would be open; but the class file still names it, in its constant pool.
 *
 * @see <a href="https://docs.oracle.com/javase/specs/jvms/se17/html/jvms-4.html#jvms-4.4">The Java Virtual Machine
 *     Specification, section 4.4</a>
 */
final class LostAnnotations {
    private static final int MAGIC = 0xCAFEBABE;
    private static final int UTF8 = 1;

    private final Problems problems;
    private final Set<Class<?>> checked = new HashSet<>();

    LostAnnotations(Problems problems) {
        this.problems = problems;
    }

    /** Checks the class files of a class, of all above it, and of the annotations that are on these. */
    void check(Class<?> type) {
        for (Class<?> one : Hierarchy.of(type).all()) {
            checkFile(one);
            var annotations = new ArrayList<>(RouteAnnotations.on(one).types());
            Hierarchy.of(one).methods().stream()
                    .filter(method -> method.getDeclaringClass() == one)
                    .forEach(method ->
                            annotations.addAll(RouteAnnotations.on(method).types()));
            annotations.forEach(this::checkFile);
        }
    }

    private void checkFile(Class<?> type) {
        if (!checked.add(type)) {
            return;
        }
        Set<String> named = new TreeSet<>(namedIn(type));
        named.removeIf(name -> isThere(name, type.getClassLoader()));
        if (!named.isEmpty()) {
            problems.add(Problem.of(
                            "lost-annotation",
                            Place.name(type) + " has " + String.join(" and ", named)
                                    + ", which isn't on the class path: Java leaves it out, and who may call would be"
                                    + " unknown.")
                    .at(Place.of(type))
                    .cure("Add jakarta.annotation:jakarta.annotation-api to the dependencies, not as \"provided\"; or"
                            + " take the annotations of dev.bistro.annotation."));
        }
    }

    private static boolean isThere(String name, ClassLoader loader) {
        try {
            Class.forName(name, false, loader);
            return true;
        } catch (ClassNotFoundException | LinkageError e) {
            return false;
        }
    }

    /** The annotations that a class file names; none if there is no file, as of classes that are made at run time. */
    private static Set<String> namedIn(Class<?> type) {
        String file = type.getName().substring(type.getName().lastIndexOf('.') + 1) + ".class";
        try (InputStream in = type.getResourceAsStream(file)) {
            return in == null ? Set.of() : namedIn(new DataInputStream(new BufferedInputStream(in)));
        } catch (IOException e) {
            return Set.of(); // it was loaded from there, so that this isn't about its content
        }
    }

    /** Reads the constant pool. */
    private static Set<String> namedIn(DataInputStream file) throws IOException {
        if (file.readInt() != MAGIC) {
            return Set.of();
        }
        skip(file, 4); // versions
        var named = new HashSet<String>();
        int count = file.readUnsignedShort();
        for (int i = 1; i < count; i++) {
            int tag = file.readUnsignedByte();
            if (tag == UTF8) {
                addIfOne(file.readUTF(), named);
            } else {
                skip(file, size(tag));
                i += tag == 5 || tag == 6 ? 1 : 0; // long and double take two entries
            }
        }
        return named;
    }

    private static void addIfOne(String text, Set<String> named) {
        if (text.startsWith("L") && text.endsWith(";")) {
            String name = text.substring(1, text.length() - 1).replace('/', '.');
            if (AccessAnnotations.foreignNames().contains(name)) {
                named.add(name);
            }
        }
    }

    /** The bytes of an entry after its tag (section 4.4.1 and following). */
    private static int size(int tag) throws IOException {
        return switch (tag) {
            case 7, 8, 16, 19, 20 -> 2;
            case 15 -> 3;
            case 3, 4, 9, 10, 11, 12, 17, 18 -> 4;
            case 5, 6 -> 8;
            default -> throw new IOException("No tag of a constant: " + tag);
        };
    }

    private static void skip(DataInputStream file, int bytes) throws IOException {
        if (file.skipBytes(bytes) != bytes) {
            throw new EOFException();
        }
    }
}
