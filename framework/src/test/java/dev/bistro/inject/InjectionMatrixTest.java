package dev.bistro.inject;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.bistro.annotation.Bean;
import dev.bistro.annotation.Factory;
import dev.bistro.annotation.Primary;
import dev.bistro.annotation.Priority;
import dev.bistro.startup.Problem;
import dev.bistro.startup.Problems;
import dev.bistro.startup.StartupException;
import jakarta.inject.Named;
import jakarta.inject.Provider;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is injected, by what provides it, what is written there, and how it is asked for. */
class InjectionMatrixTest {
    record Order() {}

    /** What is asked for; its text says where it comes from. */
    interface Part<T> {}

    private static Part<Order> part(String name) {
        return new Part<>() {
            @Override
            public String toString() {
                return name;
            }
        };
    }

    abstract static class Base<T> implements Part<T> {
        @Override
        public String toString() {
            return getClass().getSimpleName();
        }
    }

    // ---- what the application has

    static final class ClassPlain extends Base<Order> {}

    @Named("x")
    static final class ClassNamed extends Base<Order> {}

    @Primary
    static final class ClassPrimary extends Base<Order> {}

    static final class ClassGeneric<T> extends Base<T> {}

    @Priority(10)
    static final class ClassFirst extends Base<Order> {}

    @Factory
    static final class BeanPlain {
        @Bean
        Part<Order> make() {
            return part("BeanPlain");
        }
    }

    @Factory
    static final class BeanNamed {
        @Bean
        @Named("x")
        Part<Order> make() {
            return part("BeanNamed");
        }
    }

    @Factory
    static final class BeanPrimary {
        @Bean
        @Primary
        Part<Order> make() {
            return part("BeanPrimary");
        }
    }

    /** The variable is known by the subclass that is the factory. */
    static class Generic<T> {
        @Bean
        Part<T> make() {
            return new Base<T>() {
                @Override
                public String toString() {
                    return "BeanGeneric";
                }
            };
        }
    }

    @Factory
    static final class BeanGeneric extends Generic<Order> {}

    @Factory
    static final class BeanLast {
        @Bean
        @Priority(9000)
        Part<Order> make() {
            return part("BeanLast");
        }
    }

    @Factory
    static final class BeanMap {
        @Bean
        Map<String, Part<Order>> make() {
            return Map.of("whole", part("BeanMap"));
        }
    }

    // ---- what libraries have

    @Factory
    static final class LibPlain {
        @Bean
        Part<Order> make() {
            return part("LibPlain");
        }
    }

    @Factory
    static final class LibNamed {
        @Bean
        @Named("x")
        Part<Order> make() {
            return part("LibNamed");
        }
    }

    @Factory
    static final class LibPrimary {
        @Bean
        @Primary
        Part<Order> make() {
            return part("LibPrimary");
        }
    }

    @Factory
    static final class LibGeneric extends Generic<Order> {
        @Override
        @Bean
        Part<Order> make() {
            return part("LibGeneric");
        }
    }

    static final class LibClass extends Base<Order> {}

    @Factory
    static final class Lib2Plain {
        @Bean
        Part<Order> make() {
            return part("Lib2Plain");
        }
    }

    @Factory
    static final class Lib2Named {
        @Bean
        @Named("x")
        Part<Order> make() {
            return part("Lib2Named");
        }
    }

    @Factory
    static final class Lib2Primary {
        @Bean
        @Primary
        Part<Order> make() {
            return part("Lib2Primary");
        }
    }

    // ---- how it is asked for

    static final class Asked {
        Part<Order> single;

        @Named("x")
        Part<Order> named;

        List<Part<Order>> list;

        @Named("x")
        List<Part<Order>> namedList;

        Map<String, Part<Order>> map;
        Map<String, Provider<Part<Order>>> mapOfProviders;

        @Named("x")
        Map<String, Part<Order>> namedMap;

        Optional<Part<Order>> optional;
        Optional<Map<String, Part<Order>>> optionalMap;
        Provider<Part<Order>> provider;
        Provider<Map<String, Part<Order>>> providerOfMap;
    }

    /** What is injected, as a text; the faults' names in their place. */
    private static String ask(String field, List<Class<?>> components) {
        var problems = new Problems();
        var libraries = new HashMap<Class<?>, String>();
        for (Class<?> type : components) {
            String name = type.getSimpleName();
            if (name.startsWith("Lib")) {
                libraries.put(type, name.startsWith("Lib2") ? "two" : "one");
            }
        }
        Container container = new ContainerBuilder(problems)
                .libraries(libraries)
                .components(components)
                .build();
        problems.throwIfAny();
        try {
            Field asked = Asked.class.getDeclaredField(field);
            return text(container.get(asked.getGenericType(), List.of(asked.getAnnotations())));
        } catch (StartupException e) {
            return e.problems().stream().map(Problem::id).collect(Collectors.joining(" "));
        } catch (NoSuchFieldException e) {
            throw new AssertionError(e);
        }
    }

    private static String text(Object given) {
        if (given instanceof Provider<?> provider) {
            return text(provider.get());
        }
        if (given instanceof Map<?, ?> map) {
            var texts = new TreeMap<String, String>();
            map.forEach((name, value) -> texts.put((String) name, text(value)));
            return texts.toString();
        }
        if (given instanceof Optional<?> optional) {
            return optional.map(InjectionMatrixTest::text).orElse("empty");
        }
        return given.toString();
    }

    private static List<Class<?>> classes(String names) {
        List<Class<?>> all = Arrays.asList(InjectionMatrixTest.class.getDeclaredClasses());
        return Stream.of(names.split(" "))
                .<Class<?>>map(name -> all.stream()
                        .filter(type -> type.getSimpleName().equals(name))
                        .findFirst()
                        .orElseThrow(() -> new AssertionError(name)))
                .toList();
    }

    // ---- one that provides it

    @Test
    void oneIsInjectedHoweverItIsAskedFor() {
        String none = "nothing-provides";
        var wrong = new ArrayList<String>();
        for (String origin : List.of("Class", "Bean", "Lib")) {
            for (String written : List.of("Plain", "Named", "Primary", "Generic")) {
                String it = origin + written;
                boolean isNamed = written.equals("Named");
                Map<String, String> expected = Map.ofEntries(
                        Map.entry("single", isNamed ? none : it),
                        Map.entry("named", isNamed ? it : none),
                        Map.entry("list", "[" + it + "]"),
                        Map.entry("namedList", isNamed ? "[" + it + "]" : "[]"),
                        Map.entry("map", isNamed ? "{x=" + it + "}" : "{}"),
                        Map.entry("mapOfProviders", isNamed ? "{x=" + it + "}" : "{}"),
                        Map.entry("namedMap", none),
                        Map.entry("optional", isNamed ? "empty" : it),
                        Map.entry("optionalMap", isNamed ? "{x=" + it + "}" : "{}"),
                        Map.entry("provider", isNamed ? none : it),
                        Map.entry("providerOfMap", isNamed ? "{x=" + it + "}" : "{}"));
                expected.forEach((asked, text) -> {
                    String given = ask(asked, classes(it));
                    if (!given.equals(text)) {
                        wrong.add(it + " as " + asked + ": " + given + " instead of " + text);
                    }
                });
            }
        }
        assertEquals(List.of(), wrong);
    }

    // ---- several

    @ParameterizedTest
    @CsvSource({
        // the application's own, of which the nearest is meant
        "ClassPlain BeanPlain, single, BeanPlain",
        "ClassPlain ClassPrimary, single, ClassPrimary",
        "ClassPlain BeanPrimary, single, BeanPrimary",
        "BeanPlain ClassPrimary, single, ClassPrimary",
        "BeanPlain BeanPrimary, single, BeanPrimary",
        "BeanPlain BeanPrimary, optional, BeanPrimary",
        "BeanPlain BeanPrimary, provider, BeanPrimary",
        "BeanPlain BeanGeneric ClassPrimary, single, ClassPrimary",
        "ClassNamed ClassPrimary, single, ClassPrimary",
        "ClassNamed ClassPrimary, named, ClassNamed",
        "ClassNamed BeanNamed, named, BeanNamed",
        "ClassNamed ClassPlain, single, ClassPlain",
        // faults
        "ClassPlain ClassGeneric, single, ambiguous-dependency",
        "ClassPlain ClassGeneric, optional, ambiguous-dependency",
        "ClassPlain ClassGeneric, provider, ambiguous-dependency",
        "BeanPlain BeanGeneric, single, ambiguous-dependency",
        "ClassPrimary BeanPrimary, single, two-primaries",
        "ClassPrimary BeanPrimary, optional, two-primaries",
        "ClassPrimary BeanPrimary BeanPlain, provider, two-primaries",
        // what the application has wins over what libraries have
        "ClassPlain LibPlain, single, ClassPlain",
        "BeanPlain LibPlain, single, BeanPlain",
        "ClassPlain LibPrimary, single, ClassPlain",
        "ClassGeneric LibPrimary, single, ClassGeneric",
        "BeanGeneric LibGeneric, single, BeanGeneric",
        "ClassPlain LibPrimary Lib2Primary, single, ClassPlain",
        "ClassPlain LibPlain, optional, ClassPlain",
        "ClassPlain LibPlain, provider, ClassPlain",
        "ClassNamed LibPlain, single, LibPlain",
        "ClassPlain LibNamed, named, LibNamed",
        "ClassNamed LibNamed, named, ClassNamed",
        "ClassNamed LibNamed, map, {x=ClassNamed}",
        "ClassNamed LibNamed, mapOfProviders, {x=ClassNamed}",
        "ClassPlain ClassGeneric LibPlain, single, ambiguous-dependency",
        // libraries with each other
        "LibPlain LibClass, single, LibPlain",
        "LibPrimary Lib2Plain, single, LibPrimary",
        "LibPlain Lib2Plain, single, ambiguous-dependency",
        "LibPrimary Lib2Primary, single, two-primaries",
        "LibNamed Lib2Named, map, two-names",
        "LibNamed Lib2Named, mapOfProviders, two-names",
        "LibNamed Lib2Named, optionalMap, two-names",
        "LibNamed Lib2Named, named, ambiguous-dependency",
        // a map that is made as a whole
        "BeanMap ClassNamed, map, {whole=BeanMap}",
        "BeanMap LibNamed, providerOfMap, {whole=BeanMap}",
        "BeanMap ClassNamed, mapOfProviders, {x=ClassNamed}",
    })
    void ofSeveralTheNearestIsInjected(String components, String asked, String expected) {
        assertEquals(expected, ask(asked, classes(components)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "ClassPlain LibPlain LibClass BeanPlain; [BeanPlain, LibPlain, ClassPlain, LibClass]",
                "ClassPlain ClassFirst; [ClassFirst, ClassPlain]",
                "BeanLast BeanPlain ClassPlain ClassFirst; [ClassFirst, BeanPlain, ClassPlain, BeanLast]",
                "BeanLast LibPlain LibClass; [LibPlain, LibClass, BeanLast]",
                "ClassPrimary BeanPlain; [BeanPlain, ClassPrimary]",
            })
    void aListHasAllByPriority(String components, String expected) {
        var sorted = new ArrayList<>(classes(components)); // as the front door does: the application's first
        sorted.sort(java.util.Comparator.comparing(type -> type.getSimpleName().startsWith("Lib")));
        assertEquals(expected, ask("list", sorted));
    }

    @Test
    void aProgramsObjectWinsOverPrimaries() {
        var problems = new Problems();
        Container container = new ContainerBuilder(problems)
                .components(List.of(Cold.class, Warm.class))
                .bind(Water.class, new Water() {})
                .build();
        problems.throwIfAny();
        assertEquals("", container.get(Water.class).getClass().getSimpleName());
    }

    interface Water {}

    static final class Cold implements Water {}

    @Primary
    static final class Warm implements Water {}

    @Test
    void aMapOfValuesIsNoMapByNames() throws Exception {
        var problems = new Problems();
        Container container = new ContainerBuilder(problems).build();
        for (String field : List.of("prices", "raw", "byNumber")) {
            var fault = assertThrows(
                    StartupException.class,
                    () -> container.get(Values.class.getDeclaredField(field).getGenericType(), List.of()));
            assertEquals("nothing-provides", fault.problems().get(0).id(), field);
        }
        assertEquals(
                Map.of(), container.get(Values.class.getDeclaredField("open").getGenericType(), List.of()));
        Container named =
                new ContainerBuilder(problems).components(List.of(Prices.class)).build();
        assertEquals(
                Map.of("tea", 3),
                named.get(Values.class.getDeclaredField("prices").getGenericType(), List.of()));
    }

    @Factory
    static final class Prices {
        @Bean
        @Named("tea")
        int tea() {
            return 3;
        }
    }

    @SuppressWarnings("rawtypes")
    static final class Values {
        Map<String, Integer> prices;
        Map raw;
        Map<Integer, Water> byNumber;
        Map<String, Water> open;
    }
}
