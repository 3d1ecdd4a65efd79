package dev.bistro.types;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What types stand for in a concrete class, and what they are called. */
class TypesTest {
    record Order(int id) {}

    abstract static class Top<K> {
        abstract K one();

        abstract List<K> list();

        abstract K[] array();

        abstract List<K>[] arrayOfLists();

        abstract Map<String, ? extends K> wildcard();

        abstract Map.Entry<K, ? super K> entry();

        abstract String plain();

        abstract <X> X own();

        @SuppressWarnings("rawtypes")
        abstract Map<String, List> bare();
    }

    abstract static class Base<A, T> extends Top<T> implements Supplier<List<A>> {}

    abstract static class Orders extends Base<String, Order> {}

    @SuppressWarnings("rawtypes")
    abstract static class Raw extends Base {}

    abstract static class Free<T> extends Base<String, T> {}

    private static Type type(Class<?> concrete, String method) {
        Method found = Stream.of(Top.class.getDeclaredMethods())
                .filter(one -> one.getName().equals(method))
                .findFirst()
                .orElseThrow();
        return ResolvedMethod.of(concrete, found).returnType();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            one          | TypesTest.Order                        | K | T
            list         | List<TypesTest.Order>                  | List<K> | List<T>
            array        | TypesTest.Order[]                      | K[] | T[]
            arrayOfLists | List<TypesTest.Order>[]                | List<K>[] | List<T>[]
            wildcard     | Map<String, ? extends TypesTest.Order> | Map<String, ? extends K> | Map<String, ? extends T>
            entry        | Map.Entry<TypesTest.Order, ? super TypesTest.Order> \
                         | Map.Entry<K, ? super K> | Map.Entry<T, ? super T>
            plain        | String                                 | String | String
            """)
    void variablesStandForWhatTheConcreteClassSays(String method, String known, String raw, String free) {
        assertEquals(known, TypeNames.of(type(Orders.class, method)));
        assertEquals(free, TypeNames.of(type(Free.class, method)));
        assertEquals(Optional.empty(), OpenType.of(type(Orders.class, method)));
        assertEquals(raw.equals("String"), OpenType.of(type(Raw.class, method)).isEmpty());
        assertEquals(raw.equals("String"), OpenType.of(type(Free.class, method)).isEmpty());
    }

    @Test
    void anArrayOfAKnownClassIsAClass() {
        assertSame(Order[].class, type(Orders.class, "array"));
    }

    @Test
    void saysWhatIsOpen() {
        assertEquals(
                "Nothing says what T of TypesTest.Free stands for in List<T>.",
                OpenType.of(type(Free.class, "list")).orElseThrow().what());
        assertEquals(
                "Nothing says what X of the method own stands for.",
                OpenType.of(type(Orders.class, "own")).orElseThrow().what());
        assertEquals(
                new OpenType(
                        "Nothing says of what List is in Map<String, List>.",
                        "Write its type arguments, such as List<Order>."),
                OpenType.bare(type(Orders.class, "bare")).orElseThrow());
        assertEquals(Optional.empty(), OpenType.bare(String[][].class));
    }

    @Test
    void anArgumentIsFoundWhereverInTheAncestryItIsSaid() throws Exception {
        assertEquals(
                "List<String>",
                TypeNames.of(Types.argument(Orders.class, Supplier.class).orElseThrow()));
        assertEquals(Optional.empty(), Types.argument(Base.class, Supplier.class));
        assertEquals(Optional.empty(), Types.argument(Raw.class, Supplier.class));
        assertEquals(Optional.empty(), Types.argument(String.class, Supplier.class));
    }

    @Test
    void resolvedTypesAreEqualToThoseOfReflection() throws Exception {
        Type written = Samples.class.getDeclaredMethod("orders").getGenericReturnType();
        assertEquals(written, type(Orders.class, "list"));
        assertEquals(type(Orders.class, "list"), written);
        assertEquals(written.hashCode(), type(Orders.class, "list").hashCode());
    }

    /** A codec of the user's may compare names: {@code type.getTypeName().equals("java.util.List<shop.Item>")}. */
    @ParameterizedTest
    @CsvSource({"list", "array", "arrayOfLists", "wildcard", "entry", "plain"})
    void resolvedTypesAreCalledAsThoseOfReflectionAre(String method) throws Exception {
        Type written = Written.class.getDeclaredMethod(method).getGenericReturnType();
        assertEquals(written.getTypeName(), type(Orders.class, method).getTypeName());
        assertEquals(written, type(Orders.class, method));
        assertEquals(written.hashCode(), type(Orders.class, method).hashCode());
    }

    interface Written {
        List<Order> list();

        Order[] array();

        List<Order>[] arrayOfLists();

        Map<String, ? extends Order> wildcard();

        Map.Entry<Order, ? super Order> entry();

        String plain();
    }

    interface Samples {
        List<Order> orders();

        Collection<? extends Number> numbers();
    }

    @Test
    void whatIsLeftOpenCountsAsItsBound() throws Exception {
        assertSame(
                Number.class,
                Types.argument(Samples.class.getDeclaredMethod("numbers").getGenericReturnType()));
        assertSame(Object.class, Types.argument(List.class));
        assertSame(Object.class, Types.raw(type(Raw.class, "one")));
    }

    /** The build gives the framework's lambdas classes of their own, which no compiler would write. */
    @Test
    void namesLambdasByWhereTheyAre() throws Exception {
        Runnable lambda = () -> {};
        assertEquals("a lambda in TypesTest", TypeNames.of(lambda.getClass()));
        assertEquals("a lambda in Verbs", TypeNames.of(define("shop.Verbs$$0", SYNTHETIC)));
        assertEquals("a lambda in Verbs.Inner", TypeNames.of(define("shop.Verbs$Inner$$12", SYNTHETIC)));
        assertEquals("Verbs$$0", TypeNames.of(define("shop.Verbs$$0", 0)));
        assertEquals("Verbs$$0a", TypeNames.of(define("shop.Verbs$$0a", SYNTHETIC)));
    }

    private static final int SYNTHETIC = 0x1000; // JVMS, table 4.1-B

    /** A class without members. */
    private static Class<?> define(String name, int flags) throws IOException {
        var bytes = new ByteArrayOutputStream();
        var out = new DataOutputStream(bytes);
        out.writeInt(0xCAFEBABE);
        out.writeInt(61); // Java 17
        out.writeShort(5); // constants: the two classes, and their names
        out.writeByte(7);
        out.writeShort(2);
        out.writeByte(1);
        out.writeUTF(name.replace('.', '/'));
        out.writeByte(7);
        out.writeShort(4);
        out.writeByte(1);
        out.writeUTF("java/lang/Object");
        out.writeShort(flags | 0x0020);
        out.writeShort(1);
        out.writeShort(3);
        out.writeLong(0); // no interfaces, fields, methods and attributes
        return new ClassLoader() {
            Class<?> define() {
                return defineClass(name, bytes.toByteArray(), 0, bytes.size());
            }
        }.define();
    }
}
