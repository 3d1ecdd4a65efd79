package dev.bistro.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Compares what users can write against with {@code public-api.txt}, so that each change of it shows in review. */
public class PublicApiTest {
    private static final Path LIST = Sources.MODULE.resolve("src/test/resources/public-api.txt");
    private static final String HOW_TO_UPDATE =
            "If that is meant, update the list and commit it: mvn test -pl framework -Dtest=PublicApiTest "
                    + "-Dapi.update=true";

    @Test
    void isWhatTheListSays() throws Exception {
        List<String> now = PublicApi.of(Sources.classes()).lines();
        if (Boolean.getBoolean("api.update")) {
            Files.write(LIST, now);
        }
        List<String> before = Files.exists(LIST) ? Files.readAllLines(LIST) : List.of();
        assertTrue(now.equals(before), () -> difference(before, now));
    }

    @Test
    void mentionsNothingThatIsNotForUsers() throws Exception {
        List<String> faults = PublicApi.of(Sources.classes()).faults();
        assertTrue(faults.isEmpty(), () -> String.join("\n", faults));
    }

    @Test
    void aDifferenceShowsWhatWentAndWhatCame() {
        assertEquals("""
                The public API is not what src/test/resources/public-api.txt says:
                  - b
                  + c
                """ + HOW_TO_UPDATE, difference(List.of("a", "b"), List.of("a", "c")));
        assertEquals("""
                The public API is not what src/test/resources/public-api.txt says:
                  (the same lines, but in another order or repeated)
                """ + HOW_TO_UPDATE, difference(List.of("b", "a"), List.of("a", "b")));
    }

    private static String difference(List<String> before, List<String> now) {
        var lines = new ArrayList<String>();
        before.stream().filter(line -> !now.contains(line)).forEach(line -> lines.add("  - " + line));
        now.stream().filter(line -> !before.contains(line)).forEach(line -> lines.add("  + " + line));
        if (lines.isEmpty()) {
            lines.add("  (the same lines, but in another order or repeated)");
        }
        return "The public API is not what src/test/resources/public-api.txt says:\n" + String.join("\n", lines) + "\n"
                + HOW_TO_UPDATE;
    }

    /** Has one of each. */
    public abstract static class Example<T extends Comparable<T>> extends Hidden implements Supplier<T[]> {
        public static final int CONSTANT = 1;
        protected List<? super T> field;
        final int closed = 2;

        protected Example(Map.Entry<String, int[][]> entry) throws java.io.IOException {
            field = List.of();
        }

        Example() {}

        public <U extends T> U generic(U value, String... rest) {
            return value;
        }

        @Override
        public T[] get() {
            return null;
        }

        @Override
        public String toString() {
            return "Example";
        }

        protected abstract Secret leak(List<Secret[]> secrets);

        void closed() {}
    }

    static class Hidden {
        public void inherited() {}

        void closed() {}
    }

    static class Secret {}

    /** A kind. */
    public enum Kind {
        ONE
    }

    /** A mark. */
    public @interface Mark {
        String value() default "x";

        int[] numbers() default {1, 2};
    }

    /** A pair. */
    public record Pair(int left, Kind right) {}

    /** A port. */
    public sealed interface Port {
        int port();

        default int next() {
            return port() + 1;
        }

        /** The one. */
        record One(int port) implements Port {}
    }

    private static PublicApi api(Class<?>... types) {
        return PublicApi.of(List.of(types), Set.of("dev.bistro.house"));
    }

    private static List<String> lines(Class<?>... types) {
        return api(types).lines().stream()
                .map(line -> line.replace("dev.bistro.house.PublicApiTest.", ""))
                .toList();
    }

    @Test
    void listsClassesWithWhatOthersCanReach() {
        assertEquals(
                List.of(
                        "Example  abstract class<T extends Comparable<T>> extends java.util.function.Supplier<T[]>",
                        "Example.CONSTANT  static final int",
                        "Example.field  protected java.util.List<? super T>",
                        "Example.generic(U, String[])  <U extends T> U",
                        "Example.get()  T[]",
                        "Example.inherited()  void",
                        "Example.leak(java.util.List<Secret[]>)  protected abstract Secret",
                        "Example.new(java.util.Map.Entry<String, int[][]>)  protected constructor throws "
                                + "java.io.IOException"),
                lines(Example.class, Hidden.class));
    }

    @Test
    void listsTypesOfEachKind() {
        assertEquals(
                List.of(
                        "Kind  enum",
                        "Kind.ONE  static final Kind",
                        "Mark  annotation",
                        "Mark.numbers()  abstract int[] = [1, 2]",
                        "Mark.value()  abstract String = x",
                        "Pair  record",
                        "Pair.left()  int",
                        "Pair.new(int, Kind)  constructor",
                        "Pair.right()  Kind",
                        "Port  sealed interface",
                        "Port.One  record extends Port",
                        "Port.One.new(int)  constructor",
                        "Port.One.port()  int",
                        "Port.next()  default int",
                        "Port.port()  abstract int"),
                lines(Kind.class, Mark.class, Pair.class, Port.class, Port.One.class));
    }

    @Test
    void findsTypesThatAreNotForUsers() {
        assertEquals(
                List.of("dev.bistro.house.PublicApiTest.Example.leak("
                        + "java.util.List<dev.bistro.house.PublicApiTest.Secret[]>)"
                        + "  protected abstract dev.bistro.house.PublicApiTest.Secret\n"
                        + "    mentions dev.bistro.house.PublicApiTest$Secret, which is not for users"),
                api(Example.class).faults());
    }

    @Test
    void findsTypesOfRoomsThatAreNotExported() {
        List<String> faults =
                PublicApi.of(List.of(Pair.class), Set.of("dev.bistro.http")).faults();
        assertEquals(2, faults.size());
        assertTrue(faults.get(0).endsWith("mentions dev.bistro.house.PublicApiTest$Kind, which is not for users"));
    }
}
