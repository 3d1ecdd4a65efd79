package dev.bistro.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Java makes no classes of the framework's lambdas at run time: see decisions/named-lambdas.md. */
class NamedLambdasTest {
    /** The constant in a class file (JVMS, section 4.4.7) without which no instruction has a lambda made. */
    private static final String METAFACTORY = "\u0001\u0000\u000Bmetafactory";

    /** What {@code run} gives says what each lambda was called with and gave. */
    private static final String LAMBDAS = """
            package shop;

            import java.util.*;
            import java.util.function.*;
            import java.util.stream.*;

            public class Lambdas extends ArrayList<String> {
                interface Numbers {
                    private String secret(int add) {
                        return "secret " + (one() + add);
                    }

                    int one();

                    default Supplier<String> reference(int add) {
                        return () -> secret(add) + one();
                    }

                    default IntFunction<String> ofPrivate() {
                        return this::secret;
                    }
                }

                interface ToLong {
                    long of(int a, byte b, char c);
                }

                interface Joins {
                    String join(String first, String second);
                }

                interface Bounded<N extends Number> {
                    Object of(N number);
                }

                record Pair(long left, Object right) {}

                class Inner {
                    final int id;

                    Inner(int id) {
                        this.id = id + size();
                    }
                }

                private static final StringBuilder SAID = new StringBuilder();

                private static long sum(long a, double b, int c) {
                    return a + (long) b + c;
                }

                private static long say(Object value) {
                    SAID.append(value).append(';');
                    return 7;
                }

                private static double sayWide(long value) {
                    SAID.append(value).append('w');
                    return 0.5;
                }

                private static String join(Object... parts) {
                    return Arrays.stream(parts).map(String::valueOf).collect(Collectors.joining("+"));
                }

                private static int length(CharSequence text) {
                    return text.length();
                }

                private static <T> T itself(T value) {
                    return value;
                }

                private String mine(String other) {
                    return "mine " + other + size();
                }

                @Override
                public int size() {
                    IntSupplier above = super::size;
                    return above.getAsInt() + 100;
                }

                public static String run() {
                    boolean flag = SAID.length() == 0;
                    byte small = (byte) (flag ? -3 : 1);
                    short two = (short) (flag ? -300 : 1);
                    char letter = flag ? 'x' : 'y';
                    int whole = flag ? 1 << 30 : 1;
                    long big = flag ? 1L << 40 : 1;
                    float half = flag ? 0.5f : 1;
                    double exact = flag ? 1e100 : 1;
                    int[] array = {1, 2};
                    String text = "t" + whole;
                    Supplier<String> captured = () -> "" + flag + small + two + letter + whole + big + half + exact
                            + array.length + text;
                    say(captured.get());

                    Function<Integer, Integer> boxes = number -> number + 1;
                    Function<Integer, Long> widens = Integer::longValue;
                    ToLongFunction<Integer> unboxesAndWidens = Integer::intValue;
                    ToDoubleFunction<Character> fromCharacter = Character::charValue;
                    IntToLongFunction widensPrimitive = Math::abs;
                    IntFunction<Object> boxesArgument = Lambdas::itself;
                    IntUnaryOperator genericResult = Lambdas::itself;
                    ToLongFunction<Integer> genericThenWider = Lambdas::<Integer>itself;
                    ToLong several = Lambdas::sum;
                    BooleanSupplier yes = Boolean.TRUE::booleanValue;
                    Predicate<Boolean> same = Boolean::booleanValue;
                    Supplier<Byte> wrapsByte = () -> small;
                    Supplier<Short> wrapsShort = () -> two;
                    Supplier<Float> wrapsFloat = () -> half;
                    DoubleUnaryOperator root = Math::sqrt;
                    LongBinaryOperator max = Math::max;
                    ToLongBiFunction<Integer, Integer> unboxesAndWidensBoth = Math::addExact;
                    Bounded<Integer> bounded = Integer::toBinaryString;
                    say(boxes.apply(1));
                    say(widens.apply(2));
                    say(unboxesAndWidens.applyAsLong(3));
                    say(fromCharacter.applyAsDouble('a'));
                    say(widensPrimitive.applyAsLong(-4));
                    say(boxesArgument.apply(5));
                    say(genericResult.applyAsInt(6));
                    say(genericThenWider.applyAsLong(7));
                    say(several.of(8, small, letter));
                    say(yes.getAsBoolean());
                    say(same.test(false));
                    say(wrapsByte.get());
                    say(wrapsShort.get());
                    say(wrapsFloat.get());
                    say(root.applyAsDouble(9));
                    say(max.applyAsLong(big, 1));
                    say(unboxesAndWidensBoth.applyAsLong(10, 11));
                    say(bounded.of(12));

                    Consumer<String> leavesLong = Lambdas::say;
                    IntConsumer leavesDouble = Lambdas::sayWide;
                    Consumer<Integer> leavesDoubleOfInteger = Lambdas::sayWide;
                    Consumer<List<String>> leavesList = List::size;
                    Runnable leavesNew = Lambdas::new;
                    leavesLong.accept("a");
                    leavesDouble.accept(1);
                    leavesDoubleOfInteger.accept(2);
                    leavesList.accept(List.of());
                    leavesNew.run();

                    BiFunction<Integer, String, Pair> creates = Pair::new;
                    Supplier<List<String>> createsGeneric = ArrayList::new;
                    IntFunction<int[]> createsArray = int[]::new;
                    Function<Integer, String[][]> createsArrays = String[][]::new;
                    say(creates.apply(1, "right"));
                    say(createsGeneric.get());
                    say(createsArray.apply(3).length);
                    say(createsArrays.apply(4).length);

                    Lambdas me = new Lambdas();
                    me.add("one");
                    IntFunction<Inner> createsInner = me.inner();
                    say(createsInner.apply(1).id);
                    say(me.size());
                    UnaryOperator<String> bound = me::mine;
                    BiFunction<Lambdas, String, Object> unbound = Lambdas::mine;
                    say(bound.apply("b"));
                    say(unbound.apply(me, "u"));

                    Joins varargs = Lambdas::join;
                    Supplier<String> noArguments = Lambdas::join;
                    ToIntFunction<String> takesMore = Lambdas::length;
                    say(varargs.join("v", null));
                    say(noArguments.get());
                    say(takesMore.applyAsInt("four"));

                    Numbers numbers = () -> 41;
                    say(numbers.reference(1).get());
                    say(numbers.ofPrivate().apply(2));
                    Supplier<Supplier<String>> nested = () -> () -> text + big;
                    say(nested.get().get());
                    say(Stream.of(3, 1, 2).sorted(Comparator.comparing(Object::toString)).map(n -> n * 2L).toList());
                    try {
                        ((Function) boxes).apply("no number");
                    } catch (ClassCastException e) {
                        say("ClassCastException");
                    }
                    try {
                        Supplier<Integer> nothing = () -> null;
                        IntSupplier unboxed = nothing::get;
                        unboxed.getAsInt();
                    } catch (NullPointerException e) {
                        say("NullPointerException");
                    }
                    return SAID.toString();
                }

                private IntFunction<Inner> inner() {
                    return Inner::new;
                }
            }
            """;

    @TempDir
    private Path folder;

    @Test
    void eachLambdaOfTheFrameworkIsAClass() throws IOException {
        List<Path> files = Sources.files(Sources.classes(), ".class");
        assumeTrue(
                files.stream().anyMatch(file -> file.toString().endsWith("$$0.class")),
                "Maven makes the classes, and these were compiled by something else");
        assertEquals(List.of(), withLambdas(files));
    }

    @Test
    void whatALambdaDoesIsTheSameInAClass() throws Exception {
        compile(LAMBDAS);
        assertFalse(withLambdas(classes()).isEmpty());
        String before = run();
        nameLambdas();
        assertEquals(List.of(), withLambdas(classes()));
        assertEquals(before, run());
    }

    /** The build runs over the same folder each time, of whose classes some or none were compiled again. */
    @Test
    void classesOfLambdasStayAsLongAsTheseAreThere() throws Exception {
        String other =
                "package shop; class Other { class Inner { Runnable run = () -> {}; Runnable two = () -> {}; } }";
        compile(other);
        compile("package shop; record Plain(int id) {}");
        Map<String, Integer> plain = contents();
        nameLambdas();
        Map<String, Integer> named = contents();
        assertEquals(plain.get("Plain.class"), named.get("Plain.class"), "stays as the compiler wrote it");
        assertEquals(5, named.size(), () -> named.keySet().toString());
        nameLambdas();
        assertEquals(named, contents());
        compile(other);
        nameLambdas();
        assertEquals(named, contents());
        compile(other.replace(" Runnable two = () -> {};", ""));
        nameLambdas();
        assertEquals(
                List.of("Other$Inner$$0.class", "Other$Inner.class", "Other.class", "Plain.class"),
                List.copyOf(contents().keySet()));
        compile("package shop; class Other { class Inner {} }");
        nameLambdas();
        assertEquals(
                List.of("Other$Inner.class", "Other.class", "Plain.class"),
                List.copyOf(contents().keySet()));
    }

    private void compile(String text) {
        assertEquals(List.of(), Compiler.compile(folder, List.of(new Compiler.Source("lambdas", text))));
    }

    private String run() throws Exception {
        try (var loader = new URLClassLoader(new URL[] {folder.toUri().toURL()}, null)) {
            return (String) loader.loadClass("shop.Lambdas").getMethod("run").invoke(null);
        }
    }

    private List<Path> classes() {
        return Sources.files(folder, ".class");
    }

    /** The name of each class's file, and a number that another content wouldn't have. */
    private Map<String, Integer> contents() throws IOException {
        var contents = new TreeMap<String, Integer>();
        for (Path file : classes()) {
            contents.put(file.getFileName().toString(), Arrays.hashCode(Files.readAllBytes(file)));
        }
        return contents;
    }

    /** Runs the program as the build does. */
    private void nameLambdas() throws Exception {
        String asm = List.of(System.getProperty("java.class.path").split(File.pathSeparator)).stream()
                .filter(entry -> Path.of(entry).getFileName().toString().startsWith("asm-"))
                .collect(Collectors.joining(File.pathSeparator));
        assumeTrue(asm.contains("asm-commons"), "The program needs ASM, which Maven puts on the tests' class path");
        Process program = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        asm,
                        Sources.MODULE.resolve("build/NamedLambdas.java").toString(),
                        folder.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, program.waitFor(), said);
    }

    private static List<Path> withLambdas(List<Path> files) throws IOException {
        var found = new ArrayList<Path>();
        for (Path file : files) {
            if (Files.readString(file, StandardCharsets.ISO_8859_1).contains(METAFACTORY)) {
                found.add(file);
            }
        }
        return found;
    }
}
