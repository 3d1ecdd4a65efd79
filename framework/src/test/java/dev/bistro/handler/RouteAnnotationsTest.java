package dev.bistro.handler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bistro.http.Method;
import dev.bistro.types.ResolvedMethod;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which annotations count for a route: kinds of annotations, places, and ways to inherit, as a table. */
class RouteAnnotationsTest {
    @Retention(RetentionPolicy.RUNTIME)
    @Target({ElementType.TYPE, ElementType.METHOD})
    @interface Role {
        String value();
    }

    @Inherited
    @Retention(RetentionPolicy.RUNTIME)
    @interface Passed {
        String value();
    }

    @Repeatable(Tags.class)
    @Retention(RetentionPolicy.RUNTIME)
    @interface Tag {
        String value();
    }

    @Retention(RetentionPolicy.RUNTIME)
    @interface Tags {
        Tag[] value();
    }

    /** Not a container, although it looks like one. */
    @Retention(RetentionPolicy.RUNTIME)
    @interface Sample {
        Tag[] value();
    }

    @Role("admin")
    @Tag("meta")
    @Retention(RetentionPolicy.RUNTIME)
    @interface Admins {}

    @Admins
    @Retention(RetentionPolicy.RUNTIME)
    @interface Owners {}

    @Role("staff")
    @Retention(RetentionPolicy.RUNTIME)
    @interface Staff {}

    @Tag("one")
    @Tag("two")
    @Retention(RetentionPolicy.RUNTIME)
    @interface Tagged {}

    @Role("guard")
    @Repeatable(Guards.class)
    @Retention(RetentionPolicy.RUNTIME)
    @interface Guard {
        int value();
    }

    @Retention(RetentionPolicy.RUNTIME)
    @interface Guards {
        Guard[] value();
    }

    @Ring("outer")
    @Other
    @Role("ring")
    @Retention(RetentionPolicy.RUNTIME)
    @interface Ring {
        String value();
    }

    @Ring("other")
    @Retention(RetentionPolicy.RUNTIME)
    @interface Other {}

    @Retention(RetentionPolicy.CLASS)
    @interface Lost {}

    // ---- places

    @Role("interface")
    @Tag("interface")
    interface Api<T> {
        @Role("interface method")
        @Passed("interface method")
        @Tag("interface method")
        void put(T item);

        @Role("default")
        default void byDefault() {}

        void plain();
    }

    @Admins
    interface Further extends Api<String> {
        @Owners
        @Override
        void put(String item);
    }

    @Role("base")
    @Passed("base")
    @Tag("base")
    abstract static class Base<T> {
        @Role("base method")
        @Tag("base method")
        void add(T item) {}

        @Role("generic")
        <X extends T> X own(X item) {
            return item;
        }

        @Staff
        void inherited() {}

        void bare() {}

        @Role("hidden")
        private void hidden() {}

        @Role("static")
        static void shared() {}

        @Role("supertype")
        Object covariant() {
            return null;
        }

        @Role("list")
        void list(List<? extends T> items) {}

        @Role("array")
        void array(T[] items) {}

        @Role("overload")
        void overload(String text) {}
    }

    @Role("type")
    @Tag("type")
    @Tag("type again")
    static class Controller extends Base<Integer> implements Further, Callable<String> {
        @Role("method")
        void direct() {}

        @Override
        public void put(String item) {}

        @Override
        public void plain() {}

        @Override
        void add(Integer item) {}

        @Override
        <X extends Integer> X own(X item) {
            return item;
        }

        void hidden() {}

        static void shared() {}

        @Override
        String covariant() {
            return "";
        }

        @Override
        void list(List<? extends Integer> items) {}

        @Override
        void array(Integer[] items) {}

        void overload(Object text) {}

        @Admins
        void meta() {}

        @Owners
        void metaOfMeta() {}

        @Owners
        @Role("direct")
        void directAndMeta() {}

        @Staff
        @Admins
        void twoMetas() {}

        @Tag("a")
        @Tag("b")
        void repeated() {}

        @Tags({@Tag("a"), @Tag("b")})
        void contained() {}

        @Tag("only")
        @Tags({@Tag("a"), @Tag("b")})
        void both() {}

        @Tags({})
        void emptyContainer() {}

        @Sample(@Tag("no"))
        void looksLikeContainer() {}

        @Tagged
        void repeatedMeta() {}

        @Guard(1)
        @Guard(2)
        void metaOfRepeated() {}

        @Ring("inner")
        void ring() {}

        @Other
        void other() {}

        @Passed("method")
        void passed() {}

        @Override
        public String call() {
            return "";
        }

        void nothing() {}
    }

    @Passed("below")
    static final class Below extends Controller {
        @Role("below method")
        @Override
        public void plain() {}

        @Override
        void direct() {}

        @Override
        void meta() {}
    }

    /** Nothing but what is above. */
    static class Heir extends Controller {}

    static class Alone {
        void alone() {}

        @Role("x")
        void marked() {}
    }

    private static ResolvedMethod method(Class<?> type, String name) {
        return ResolvedMethod.allOf(type).stream()
                .filter(one -> one.method().getName().equals(name))
                .filter(one -> one.method().getDeclaringClass() != Base.class
                        || ResolvedMethod.allOf(type).stream()
                                .noneMatch(other -> other.method().getName().equals(name)
                                        && other.method().getDeclaringClass() != Base.class))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> values(DeclaredRoute route, String annotation) {
        return switch (annotation) {
            case "Role" ->
                route.annotations(Role.class).stream().map(Role::value).toList();
            case "Passed" ->
                route.annotations(Passed.class).stream().map(Passed::value).toList();
            case "Tag" -> route.annotations(Tag.class).stream().map(Tag::value).toList();
            case "Ring" ->
                route.annotations(Ring.class).stream().map(Ring::value).toList();
            case "Guard" ->
                route.annotations(Guard.class).stream()
                        .map(one -> "" + one.value())
                        .toList();
            case "Tags" ->
                route.annotations(Tags.class).stream()
                        .map(one -> "" + one.value().length)
                        .toList();
            default -> throw new IllegalArgumentException(annotation);
        };
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Alone      | alone              | Role   |
            Alone      | marked             | Role   | x
            Alone      | marked             | Tag    |
            Controller | nothing            | Role   | type, base, admin, interface
            Controller | nothing            | Tag    | type, type again, base, meta, interface
            Controller | nothing            | Tags   | 2
            Controller | nothing            | Passed | base
            Controller | direct             | Role   | method, type, base, admin, interface
            Controller | passed             | Passed | method, base
            Controller | call               | Role   | type, base, admin, interface
            Controller | put                | Role   | admin, interface method, type, base, admin, interface
            Controller | put                | Passed | interface method, base
            Controller | put                | Tag    | meta, interface method, type, type again, base, meta, interface
            Controller | plain              | Role   | type, base, admin, interface
            Controller | byDefault          | Role   | default, type, base, admin, interface
            Controller | add                | Role   | base method, type, base, admin, interface
            Controller | add                | Tag    | base method, type, type again, base, meta, interface
            Controller | own                | Role   | generic, type, base, admin, interface
            Controller | inherited          | Role   | staff, type, base, admin, interface
            Controller | bare               | Role   | type, base, admin, interface
            Controller | hidden             | Role   | type, base, admin, interface
            Controller | shared             | Role   | type, base, admin, interface
            Controller | covariant          | Role   | supertype, type, base, admin, interface
            Controller | list               | Role   | list, type, base, admin, interface
            Controller | array              | Role   | array, type, base, admin, interface
            Controller | overload           | Role   | type, base, admin, interface
            Controller | meta               | Role   | admin, type, base, admin, interface
            Controller | meta               | Tag    | meta, type, type again, base, meta, interface
            Controller | metaOfMeta         | Role   | admin, type, base, admin, interface
            Controller | directAndMeta      | Role   | direct, admin, type, base, admin, interface
            Controller | twoMetas           | Role   | staff, admin, type, base, admin, interface
            Controller | repeated           | Tag    | a, b, type, type again, base, meta, interface
            Controller | repeated           | Tags   | 2, 2
            Controller | contained          | Tag    | a, b, type, type again, base, meta, interface
            Controller | both               | Tag    | only, a, b, type, type again, base, meta, interface
            Controller | emptyContainer     | Tag    | type, type again, base, meta, interface
            Controller | emptyContainer     | Tags   | 0, 2
            Controller | looksLikeContainer | Tag    | type, type again, base, meta, interface
            Controller | repeatedMeta       | Tag    | one, two, type, type again, base, meta, interface
            Controller | metaOfRepeated     | Role   | guard, type, base, admin, interface
            Controller | metaOfRepeated     | Guard  | 1, 2
            Controller | ring               | Ring   | inner, outer, other
            Controller | ring               | Role   | ring, type, base, admin, interface
            Controller | other              | Ring   | other, outer
            Below      | direct             | Role   | method, type, base, admin, interface
            Below      | meta               | Role   | admin, type, base, admin, interface
            Below      | plain              | Role   | below method, type, base, admin, interface
            Below      | nothing            | Passed | below, base
            Below      | put                | Role   | admin, interface method, type, base, admin, interface
            Heir       | direct             | Role   | method, type, base, admin, interface
            Heir       | add                | Role   | base method, type, base, admin, interface
            Heir       | byDefault          | Role   | default, type, base, admin, interface
            Heir       | nothing            | Passed | base
            """)
    void areFoundNearestFirst(String type, String method, String annotation, String values) throws Exception {
        Class<?> controller = Class.forName(RouteAnnotationsTest.class.getName() + "$" + type);
        DeclaredRoute route = DeclaredRoute.of(Method.GET, "/x", method(controller, method));
        List<String> expected = values == null ? List.of() : List.of(values.split(", "));
        assertEquals(expected, values(route, annotation));
    }

    @Test
    void aRouteOfASocketHasThoseOfItsClass() {
        DeclaredRoute route = DeclaredRoute.ofSocket("/chat", Heir.class);
        assertEquals(List.of("type", "base", "admin", "interface"), values(route, "Role"));
        assertEquals(Optional.of(Heir.class), route.controller());
        assertEquals(Optional.empty(), route.handler());
    }

    @Test
    void aRouteOfFilesHasThoseOfTheApplication() {
        DeclaredRoute route = DeclaredRoute.ofFiles("/static/{path*}", Heir.class);
        assertEquals(List.of("type", "base", "admin", "interface"), values(route, "Role"));
        assertEquals(Optional.empty(), route.controller());
    }

    @Test
    void whereNoHandlerWasChosenItIsWhatAllHaveInCommon() {
        DeclaredRoute direct = DeclaredRoute.of(Method.GET, "/x", method(Controller.class, "repeated"));
        DeclaredRoute alone = DeclaredRoute.of(Method.GET, "/x", method(Alone.class, "marked"));
        DeclaredRoute common = DeclaredRoute.common(List.of(alone, direct));
        assertEquals(List.of("x", "type", "base", "admin", "interface"), values(common, "Role"));
        assertEquals(List.of(), values(common, "Tag"));
        assertEquals(Optional.empty(), common.controller());
        assertEquals(Optional.empty(), common.handler());
        DeclaredRoute same = DeclaredRoute.common(List.of(alone, alone));
        assertEquals(alone.handler(), same.handler());
        assertEquals(alone.controller(), same.controller());
        assertEquals(List.of("x"), values(same, "Role"));
    }

    @Test
    void anAnnotationThatCanNeverBeFoundIsAFault() {
        DeclaredRoute route = DeclaredRoute.of(Method.GET, "/x", method(Controller.class, "direct"));
        var fault = assertThrows(IllegalArgumentException.class, () -> route.annotation(Lost.class));
        assertTrue(fault.getMessage().contains("@Lost"), fault.getMessage());
        assertTrue(fault.getMessage().contains("@Retention(RetentionPolicy.RUNTIME)"), fault.getMessage());
    }

    @Test
    void theListOfAnnotationsCantBeChanged() {
        DeclaredRoute route = DeclaredRoute.of(Method.GET, "/x", method(Controller.class, "direct"));
        assertThrows(
                UnsupportedOperationException.class,
                () -> route.annotations(Role.class).clear());
    }
}
