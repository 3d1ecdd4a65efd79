package dev.bistro.startup;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Reads from a class file where in the source file its class and methods are; compilers usually write that. The line of
 * a method is its first line of code, since the line of the declaration isn't there. Used only for reports of faults.
 *
 * <pre>
 * ClassFile = magic versions constant_pool access this super interfaces fields methods attributes
 * member    = access name descriptor attributes
 * attribute = name u4-length info
 * Code      = max_stack max_locals u4-length code exceptions attributes      ; LineNumberTable among them
 * </pre>
 *
 * @see <a href="https://docs.oracle.com/javase/specs/jvms/se17/html/jvms-4.html">The Java Virtual Machine
 *     Specification, chapter 4</a>
 */
final class ClassLines {
    private static final int UTF8 = 1;
    private static final int LONG = 5;
    private static final int DOUBLE = 6;
    private static final int MEMBER_HEAD_BYTES = 8;

    private final DataInputStream in;
    private final Map<String, Integer> lines = new HashMap<>();
    private String[] texts = {};
    private String sourceFile;

    private ClassLines(DataInputStream in) throws IOException {
        this.in = in;
        in.skipNBytes(MEMBER_HEAD_BYTES); // magic, versions
        readConstants();
        in.skipNBytes(6); // access, this, super
        in.skipNBytes(2L * in.readUnsignedShort()); // interfaces
        readMembers(); // fields
        readMembers(); // methods
        readAttributes("");
    }

    /**
     * The file and the line of a method: {@code ItemController.java:23}; without the line, if the method has no code.
     * Empty if the class file doesn't tell.
     */
    static Optional<String> of(Class<?> type, String method, String descriptor) {
        return read(type).flatMap(read -> read.located(read.lines.get(method + descriptor)));
    }

    /** The file of a class, and its first line of code. */
    static Optional<String> of(Class<?> type) {
        return read(type)
                .flatMap(read -> read.located(read.lines.isEmpty() ? null : Collections.min(read.lines.values())));
    }

    private static Optional<ClassLines> read(Class<?> type) {
        String file = type.getName().substring(type.getName().lastIndexOf('.') + 1) + ".class";
        try (InputStream bytes = type.getResourceAsStream(file)) {
            return bytes == null
                    ? Optional.empty()
                    : Optional.of(new ClassLines(new DataInputStream(new BufferedInputStream(bytes))));
        } catch (IOException | RuntimeException unreadable) {
            return Optional.empty(); // then the report does without it
        }
    }

    private Optional<String> located(Integer line) {
        return Optional.ofNullable(sourceFile).map(file -> line == null ? file : file + ":" + line);
    }

    private void readConstants() throws IOException {
        texts = new String[in.readUnsignedShort()];
        for (int i = 1; i < texts.length; i++) {
            int tag = in.readUnsignedByte();
            if (tag == UTF8) {
                texts[i] = in.readUTF();
            } else {
                in.skipNBytes(size(tag));
            }
            if (tag == LONG || tag == DOUBLE) {
                i++; // takes two entries of the table
            }
        }
    }

    /** The length of a constant in bytes, without its tag (JVMS, section 4.4). */
    private static int size(int tag) {
        return switch (tag) {
            case 3, 4, 9, 10, 11, 12, 17, 18 -> 4;
            case LONG, DOUBLE -> 8;
            case 7, 8, 16, 19, 20 -> 2;
            case 15 -> 3;
            default -> throw new IllegalArgumentException("No tag of a constant: " + tag);
        };
    }

    private void readMembers() throws IOException {
        for (int count = in.readUnsignedShort(); count > 0; count--) {
            in.skipNBytes(2); // access
            String name = texts[in.readUnsignedShort()];
            readAttributes(name + texts[in.readUnsignedShort()]);
        }
    }

    /** Reads the attributes of a member or its code, or of the class if the member is empty. */
    private void readAttributes(String member) throws IOException {
        for (int count = in.readUnsignedShort(); count > 0; count--) {
            String name = texts[in.readUnsignedShort()];
            int length = in.readInt();
            switch (name) {
                case "Code" -> readCode(member);
                case "LineNumberTable" -> readLines(member);
                case "SourceFile" -> sourceFile = texts[in.readUnsignedShort()];
                default -> in.skipNBytes(length);
            }
        }
    }

    private void readCode(String method) throws IOException {
        in.skipNBytes(4); // max_stack, max_locals
        in.skipNBytes(in.readInt());
        in.skipNBytes(8L * in.readUnsignedShort()); // exceptions
        readAttributes(method);
    }

    private void readLines(String method) throws IOException {
        for (int count = in.readUnsignedShort(); count > 0; count--) {
            in.skipNBytes(2); // start_pc
            lines.merge(method, in.readUnsignedShort(), Math::min);
        }
    }
}
