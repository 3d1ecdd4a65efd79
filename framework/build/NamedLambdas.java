import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.commons.GeneratorAdapter;
import org.objectweb.asm.commons.Method;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * Gives the lambdas of compiled classes classes of their own, beside them: {@code Verbs$$0}, {@code Verbs$$1}. Left as
 * the compiler writes it, each lambda is a class that Java makes when it is reached first, which takes three times as
 * long as loading one. The build runs this on the framework's classes; see decisions/named-lambdas.md.
 *
 * <pre>
 *   before:  invokedynamic apply(captured) ──▶ LambdaMetafactory, at run time
 *   after:   invokestatic Verbs$$0.of(captured), or getstatic Verbs$$0.ONLY where nothing is captured
 * </pre>
 *
 * The new classes are nest mates of the one with the lambda, so that they may call its private method.
 */
public final class NamedLambdas {
    private static final String METAFACTORY = "java/lang/invoke/LambdaMetafactory";
    private static final Pattern NAMED = Pattern.compile("(.+)[$][$][0-9]+");

    private final Path folder;
    private final Map<String, ClassNode> classes = new TreeMap<>();
    private final Set<String> changed = new TreeSet<>();

    private NamedLambdas(Path folder) {
        this.folder = folder;
    }

    /** Takes the folder of the classes. What was done before is left as it is. */
    public static void main(String[] args) throws IOException {
        new NamedLambdas(Path.of(args[0])).run();
    }

    private void run() throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(folder)) {
            files = all.filter(file -> file.toString().endsWith(".class") && !file.endsWith("module-info.class"))
                    .sorted()
                    .toList();
        }
        for (Path file : files) {
            var node = new ClassNode();
            new ClassReader(Files.readAllBytes(file)).accept(node, 0);
            classes.put(node.name, node);
        }
        for (ClassNode node : List.copyOf(classes.values())) {
            rewrite(node);
        }
        for (String name : changed) {
            var writer = new ClassWriter(0);
            classes.get(name).accept(writer);
            write(name, writer.toByteArray()); // after those that it names
        }
        removeStale();
    }

    /** Writes a class unless it is as it was: what is written, the compiler takes for a reason to compile the tests. */
    private void write(String name, byte[] bytes) throws IOException {
        Path file = folder.resolve(name + ".class");
        if (!Files.exists(file) || !Arrays.equals(Files.readAllBytes(file), bytes)) {
            Files.write(file, bytes);
        }
    }

    /** Removes what an earlier run made of classes that were compiled since: the compiler lists none of ours. */
    private void removeStale() throws IOException {
        for (ClassNode node : classes.values()) {
            boolean isOurs = (node.access & Opcodes.ACC_SYNTHETIC) != 0 && NAMED.matcher(node.name).matches();
            if (isOurs && !isListed(node)) {
                Files.delete(folder.resolve(node.name + ".class"));
            }
        }
    }

    private boolean isListed(ClassNode node) {
        ClassNode nest = classes.get(node.nestHostClass);
        return nest != null && nest.nestMembers != null && nest.nestMembers.contains(node.name);
    }

    /** Those that can be serialised, or have several interfaces, come from another method, and stay as they are. */
    private static boolean isLambda(AbstractInsnNode instruction) {
        return instruction instanceof InvokeDynamicInsnNode call
                && call.bsm.getOwner().equals(METAFACTORY)
                && call.bsm.getName().equals("metafactory");
    }

    private void rewrite(ClassNode host) throws IOException {
        int count = 0;
        for (MethodNode method : host.methods) {
            for (AbstractInsnNode instruction : method.instructions.toArray()) {
                if (isLambda(instruction)) {
                    AbstractInsnNode named = named(host, (InvokeDynamicInsnNode) instruction, count++);
                    method.instructions.set(instruction, named);
                }
            }
        }
    }

    /** Makes the class of a lambda; returns what takes the place of the instruction that made it. */
    private AbstractInsnNode named(ClassNode host, InvokeDynamicInsnNode lambda, int number)
            throws IOException {
        String name = host.name + "$$" + number;
        String nestHost = host.nestHostClass == null ? host.name : host.nestHostClass;
        ClassNode nest = classes.get(nestHost);
        if (nest.nestMembers == null) {
            nest.nestMembers = new ArrayList<>();
        }
        if (!nest.nestMembers.contains(name)) { // as it does after a run that was broken off
            nest.nestMembers.add(name);
        }
        changed.add(nestHost);
        changed.add(host.name);
        Type self = Type.getObjectType(name);
        Type implemented = Type.getReturnType(lambda.desc);
        Type[] captured = Type.getArgumentTypes(lambda.desc);
        var out = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        out.visit(host.version, Opcodes.ACC_FINAL | Opcodes.ACC_SYNTHETIC | Opcodes.ACC_SUPER, name, null,
                "java/lang/Object", new String[] {implemented.getInternalName()});
        out.visitSource(host.sourceFile, null);
        out.visitNestHost(nestHost);
        for (int i = 0; i < captured.length; i++) {
            out.visitField(Opcodes.ACC_PRIVATE | Opcodes.ACC_FINAL, "c" + i, captured[i].getDescriptor(), null, null);
        }
        var init = new Method("<init>", Type.VOID_TYPE, captured);
        var code = new GeneratorAdapter(Opcodes.ACC_PRIVATE, init, null, null, out);
        code.loadThis();
        code.invokeConstructor(Type.getType(Object.class), new Method("<init>", "()V"));
        for (int i = 0; i < captured.length; i++) {
            code.loadThis();
            code.loadArg(i);
            code.putField(self, "c" + i, captured[i]);
        }
        code.returnValue();
        code.endMethod();
        AbstractInsnNode replacement;
        if (captured.length == 0) {
            out.visitField(Opcodes.ACC_STATIC | Opcodes.ACC_FINAL, "ONLY", implemented.getDescriptor(), null, null);
            code = new GeneratorAdapter(Opcodes.ACC_STATIC, new Method("<clinit>", "()V"), null, null, out);
            code.newInstance(self);
            code.dup();
            code.invokeConstructor(self, init);
            code.putStatic(self, "ONLY", implemented);
            code.returnValue();
            code.endMethod();
            replacement = new FieldInsnNode(Opcodes.GETSTATIC, name, "ONLY", implemented.getDescriptor());
        } else {
            var of = new Method("of", implemented, captured);
            code = new GeneratorAdapter(Opcodes.ACC_STATIC, of, null, null, out);
            code.newInstance(self);
            code.dup();
            code.loadArgs();
            code.invokeConstructor(self, init);
            code.returnValue();
            code.endMethod();
            replacement = new MethodInsnNode(Opcodes.INVOKESTATIC, name, "of", of.getDescriptor());
        }
        writeMethod(out, self, captured, lambda);
        out.visitEnd();
        write(name, out.toByteArray());
        return replacement;
    }

    /** The one method of the interface, which calls the lambda's code with what is captured and its arguments. */
    private static void writeMethod(ClassWriter out, Type self, Type[] captured, InvokeDynamicInsnNode lambda) {
        var sam = new Method(lambda.name, ((Type) lambda.bsmArgs[0]).getDescriptor());
        var impl = (Handle) lambda.bsmArgs[1];
        Type[] exact = ((Type) lambda.bsmArgs[2]).getArgumentTypes(); // those of the method, with its generics bound
        var code = new GeneratorAdapter(Opcodes.ACC_PUBLIC, sam, null, null, out);
        Type owner = Type.getObjectType(impl.getOwner());
        var target = new Method(impl.getName(), impl.getDesc());
        boolean creates = impl.getTag() == Opcodes.H_NEWINVOKESPECIAL;
        var wanted = new ArrayList<Type>();
        if (creates) {
            code.newInstance(owner);
            code.dup();
        } else if (impl.getTag() != Opcodes.H_INVOKESTATIC) {
            wanted.add(owner);
        }
        wanted.addAll(List.of(target.getArgumentTypes()));
        for (int i = 0; i < captured.length; i++) {
            code.loadThis();
            code.getField(self, "c" + i, captured[i]);
            convert(code, captured[i], captured[i], wanted.get(i));
        }
        Type[] given = sam.getArgumentTypes();
        for (int i = 0; i < given.length; i++) {
            code.loadArg(i);
            convert(code, given[i], exact[i], wanted.get(captured.length + i));
        }
        switch (impl.getTag()) {
            case Opcodes.H_INVOKESTATIC -> code.visitMethodInsn(
                    Opcodes.INVOKESTATIC, impl.getOwner(), impl.getName(), impl.getDesc(), impl.isInterface());
            case Opcodes.H_NEWINVOKESPECIAL -> code.invokeConstructor(owner, target);
            default -> code.visitMethodInsn(
                    impl.isInterface() ? Opcodes.INVOKEINTERFACE : Opcodes.INVOKEVIRTUAL,
                    impl.getOwner(), impl.getName(), impl.getDesc(), impl.isInterface());
        }
        Type returned = creates ? owner : target.getReturnType();
        Type asked = sam.getReturnType();
        if (asked == Type.VOID_TYPE) {
            if (returned.getSize() == 2) {
                code.pop2();
            } else if (returned.getSize() == 1) {
                code.pop();
            }
        } else {
            convert(code, returned, returned, asked);
        }
        code.returnValue();
        code.endMethod();
    }

    /** As a call converts: wrappers and primitives, wider numbers, and casts where generics are erased. */
    private static void convert(GeneratorAdapter code, Type from, Type exact, Type to) {
        boolean isPrimitive = from.getSort() < Type.ARRAY;
        boolean becomesPrimitive = to.getSort() < Type.ARRAY;
        if (isPrimitive && becomesPrimitive) {
            code.cast(from, to);
        } else if (isPrimitive) {
            code.valueOf(from);
        } else if (becomesPrimitive) {
            Type plain = plain(exact, to);
            code.unbox(plain);
            code.cast(plain, to);
        } else if (!from.equals(to) && !to.getInternalName().equals("java/lang/Object")) {
            code.checkCast(to);
        }
    }

    /** The primitive type of a wrapper. */
    private static Type plain(Type wrapper, Type otherwise) {
        return switch (wrapper.getClassName()) {
            case "java.lang.Integer" -> Type.INT_TYPE;
            case "java.lang.Long" -> Type.LONG_TYPE;
            case "java.lang.Boolean" -> Type.BOOLEAN_TYPE;
            case "java.lang.Character" -> Type.CHAR_TYPE;
            case "java.lang.Byte" -> Type.BYTE_TYPE;
            case "java.lang.Short" -> Type.SHORT_TYPE;
            case "java.lang.Double" -> Type.DOUBLE_TYPE;
            case "java.lang.Float" -> Type.FLOAT_TYPE;
            default -> otherwise;
        };
    }
}
