package dev.bistro.startup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Executable;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class PlaceTest {
    private static final UnaryOperator<String> OF_A_FIELD = text -> text + "!";

    private final List<String> engine = List.of();

    private static class Inner {
        Inner(Map.Entry<String, int[]> entry) {
            entry.getKey();
        }

        static class Deep {}
    }

    void generic(List<? extends Map<String, Inner>> maps, Optional<Inner.Deep[]>[] deep, byte... rest) {
        maps.size();
    }

    <T extends Number> T bound(T value) {
        return value;
    }

    UnaryOperator<String> withLambda() {
        String ending = engine.toString();
        return text -> text + ending;
    }

    private static Method method(String name) {
        return Arrays.stream(PlaceTest.class.getDeclaredMethods())
                .filter(method -> method.getName().matches(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void namesTypesAsSourceCodeBesideThemWould() {
        class Local {
            class Member {}
        }
        assertEquals("String", Place.name(String.class));
        assertEquals("Map.Entry", Place.name(Map.Entry.class));
        assertEquals("PlaceTest.Inner.Deep", Place.name(Inner.Deep.class));
        assertEquals("int[][]", Place.name(int[][].class));
        assertEquals("Map.Entry[]", Place.name(Map.Entry[].class));
        assertEquals("void", Place.name(void.class));
        assertEquals("Local", Place.name(Local.class));
        assertEquals("Local.Member", Place.name(Local.Member.class));
        assertEquals("Map.Entry", Place.of(Map.Entry.class).text());
    }

    @Test
    void namesAnonymousClassesByWhatTheyAre() {
        assertEquals(
                "an anonymous Runnable in PlaceTest",
                Place.name(
                        new Runnable() {
                            @Override
                            public void run() {}
                        }.getClass()));
        assertEquals("an anonymous PlaceTest.Inner.Deep in PlaceTest", Place.name(new Inner.Deep() {}.getClass()));
    }

    @Test
    void namesLambdasByWhereTheyAre() {
        assertEquals("a lambda in PlaceTest", Place.name(withLambda().getClass()));
        assertEquals(
                "the lambda(String, String) in PlaceTest.withLambda",
                Place.of(method("lambda\\$withLambda.*")).text());
        assertEquals(
                "the lambda(String) in PlaceTest",
                Place.of(method("lambda\\$static.*")).text());
        assertEquals("a!", OF_A_FIELD.apply("a"));
    }

    @Test
    void namesMethodsByTheirErasedParameters() {
        assertEquals(
                "PlaceTest.generic(List, Optional[], byte[])",
                Place.of(method("generic")).text());
        assertEquals("PlaceTest.bound(Number)", Place.of(method("bound")).text());
        assertEquals("PlaceTest.withLambda()", Place.of(method("withLambda")).text());
    }

    @Test
    void namesConstructorsAsSuch() {
        Executable constructor = Inner.class.getDeclaredConstructors()[0];
        assertEquals(
                "the constructor PlaceTest.Inner(Map.Entry)",
                Place.of(constructor).text());
        assertEquals(
                "parameter 'entry' (1 of 1) of the constructor PlaceTest.Inner(Map.Entry)",
                Place.of(constructor.getParameters()[0]).text());
    }

    @Test
    void namesParametersWithTheirNumber() {
        assertEquals(
                "parameter 'rest' (3 of 3) of PlaceTest.generic(List, Optional[], byte[])",
                Place.of(method("generic").getParameters()[2]).text());
    }

    @Test
    void countsParametersThatHaveNoName() throws NoSuchMethodException {
        Method withoutNames = String.class.getMethod("replace", char.class, char.class);
        assertEquals(
                "parameter (2 of 2) of String.replace(char, char)",
                Place.of(withoutNames.getParameters()[1]).text());
    }

    @Test
    void namesFields() throws NoSuchFieldException {
        assertEquals(
                "field 'engine' of PlaceTest",
                Place.of(PlaceTest.class.getDeclaredField("engine")).text());
    }

    static int hereAndNow() {
        return StackWalker.getInstance()
                .walk(frames -> frames.findFirst().orElseThrow().getLineNumber());
    }

    interface WithoutCode {
        void none();
    }

    record Pair(long first, double second) {}

    /** Compares with the line that the method's first statement finds itself in: that line, or the next one. */
    @Test
    void namesTheFileAndTheLineOfCode() {
        int line = hereAndNow();
        String place = Place.of(method("hereAndNow")).toString();
        assertTrue(
                place.equals("PlaceTest.hereAndNow() (PlaceTest.java:" + line + ")")
                        || place.equals("PlaceTest.hereAndNow() (PlaceTest.java:" + (line - 1) + ")"),
                place);
    }

    @Test
    void namesTheLineOfParametersConstructorsComponentsAndClasses() {
        Executable constructor = Inner.class.getDeclaredConstructors()[0];
        assertTrue(Place.of(constructor).toString().matches(".* \\(PlaceTest\\.java:\\d+\\)"));
        assertTrue(Place.of(constructor.getParameters()[0]).toString().matches(".* \\(PlaceTest\\.java:\\d+\\)"));
        assertTrue(Place.of(Pair.class.getRecordComponents()[1]).toString().matches(".* \\(PlaceTest\\.java:\\d+\\)"));
        assertTrue(
                Place.of(Inner.Deep.class).toString().matches("PlaceTest\\.Inner\\.Deep \\(PlaceTest\\.java:\\d+\\)"));
    }

    @Test
    void namesTheFileAloneWhereThereIsNoCode() {
        assertEquals(
                "PlaceTest.WithoutCode.none() (PlaceTest.java)",
                Place.of(WithoutCode.class.getDeclaredMethods()[0]).toString());
        assertEquals(
                "PlaceTest.WithoutCode (PlaceTest.java)",
                Place.of(WithoutCode.class).toString());
    }

    @Test
    void namesNoFileWhereNobodyKnowsIt() {
        assertEquals("the weather", new Place("the weather").toString());
        assertEquals("int[]", Place.of(int[].class).toString());
        assertEquals("a lambda in PlaceTest", Place.of(withLambda().getClass()).toString());
    }

    @Test
    void isEqualByItsWords() {
        assertEquals(new Place("PlaceTest.withLambda()"), Place.of(method("withLambda")));
        assertEquals(
                new Place("PlaceTest.withLambda()").hashCode(),
                Place.of(method("withLambda")).hashCode());
        assertNotEquals(new Place("elsewhere"), Place.of(method("withLambda")));
    }
}
