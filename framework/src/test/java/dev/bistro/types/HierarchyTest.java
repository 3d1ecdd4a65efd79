package dev.bistro.types;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bistro.types.elsewhere.Elsewhere;
import dev.bistro.types.elsewhere.ElsewhereAgain;
import dev.bistro.types.elsewhere.MadePublic;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Which methods the objects of a class have, and which of them override which: sections 8.4.2 and 8.4.8 of the Java
 * Language Specification.
 */
class HierarchyTest {
    record Order(int id) {}

    @Retention(RetentionPolicy.RUNTIME)
    @interface Marked {}

    abstract static class Crud<T> {
        void add(T one) {}

        void addAll(List<T> all) {}

        void addArray(T[] all) {}

        void addByName(Map<String, ? extends T> all) {}

        <X extends T> void addOwn(X one) {}

        <X> void addAny(X one) {}

        private void hidden(T one) {}

        static void create() {}

        T find() {
            return null;
        }
    }

    static class Orders extends Crud<Order> {
        @Override
        void add(Order one) {}

        @Override
        void addAll(List<Order> all) {}

        @Override
        void addArray(Order[] all) {}

        @Override
        void addByName(Map<String, ? extends Order> all) {}

        @Override
        <Y extends Order> void addOwn(Y one) {}

        @Override
        <Y> void addAny(Y one) {}

        void hidden(Order one) {}

        static void create() {}

        @Override
        Order find() {
            return null;
        }
    }

    private static List<String> methods(Class<?> type) {
        return Hierarchy.of(type).methods().stream().map(HierarchyTest::name).toList();
    }

    private static List<String> overridden(Class<?> type, String name) {
        Hierarchy hierarchy = Hierarchy.of(type);
        Method method = Stream.of(type.getDeclaredMethods())
                .filter(one -> one.getName().equals(name) && !one.isSynthetic())
                .findFirst()
                .orElseThrow();
        return hierarchy.overridden(method).stream().map(HierarchyTest::name).toList();
    }

    private static String name(Method method) {
        return method.getDeclaringClass().getSimpleName() + "." + method.getName();
    }

    @Test
    void aMethodOverridesAnotherByWhatItsTypesStandFor() {
        assertEquals(
                List.of(
                        "Crud.create",
                        "Crud.hidden",
                        "Orders.add",
                        "Orders.addAll",
                        "Orders.addAny",
                        "Orders.addArray",
                        "Orders.addByName",
                        "Orders.addOwn",
                        "Orders.create",
                        "Orders.find",
                        "Orders.hidden"),
                methods(Orders.class));
        assertEquals(List.of("Crud.add"), overridden(Orders.class, "add"));
        assertEquals(List.of("Crud.addOwn"), overridden(Orders.class, "addOwn"));
        assertEquals(List.of(), overridden(Orders.class, "hidden"));
        assertEquals(List.of(), overridden(Orders.class, "create"));
    }

    static class Overloads extends Crud<Order> {
        void add(String one) {}
    }

    @Test
    void anOverloadOverridesNothing() {
        assertEquals(
                2,
                methods(Overloads.class).stream()
                        .filter(name -> name.endsWith(".add"))
                        .count());
        assertEquals(List.of(), overridden(Overloads.class, "add"));
    }

    @SuppressWarnings("rawtypes")
    static class Raw extends Crud {
        @Override
        void add(Object one) {}
    }

    @Test
    void aMethodOfARawTypeIsOverriddenByItsErasure() {
        assertEquals(List.of("Crud.add"), overridden(Raw.class, "add"));
    }

    interface Saves<T> {
        void save(T one);

        default void saveAll(List<T> all) {}

        default void close() {}
    }

    interface SavesMore<T> extends Saves<T> {
        @Override
        default void saveAll(List<T> all) {}
    }

    static class SavesOrders {
        public void save(Order one) {}

        public void close() {}
    }

    static class Saving extends SavesOrders implements SavesMore<Order> {}

    @Test
    void interfacesGiveTheirDefaultMethodsUnlessAClassOrANearerInterfaceHasThem() {
        assertEquals(List.of("SavesOrders.close", "SavesOrders.save", "SavesMore.saveAll"), methods(Saving.class));
    }

    @Test
    void aSuperclassImplementsWhatAClassBelowItPromises() throws Exception {
        Hierarchy hierarchy = Hierarchy.of(Saving.class);
        Method save = SavesOrders.class.getMethod("save", Order.class);
        assertEquals(
                List.of("Saves.save"),
                hierarchy.overridden(save).stream().map(HierarchyTest::name).toList());
        assertEquals(
                List.of(),
                Hierarchy.of(SavesOrders.class).overridden(save).stream().toList());
    }

    static class InPackage extends Elsewhere {
        void inPackage() {}

        @Override
        protected void inherited() {}
    }

    @Test
    void aMethodWithoutModifierIsOverriddenInItsPackageOnly() {
        assertEquals(List.of(), overridden(InPackage.class, "inPackage"));
        assertEquals(List.of("Elsewhere.inherited"), overridden(InPackage.class, "inherited"));
        assertEquals(
                List.of("Elsewhere.inPackage", "InPackage.inPackage", "InPackage.inherited"), methods(InPackage.class));
        assertEquals(List.of("Elsewhere.inPackage"), overridden(ElsewhereAgain.class, "inPackage"));
    }

    static class BelowMadePublic extends MadePublic {
        @Override
        public void inPackage() {}
    }

    @Test
    void whatMadeAMethodVisibleHandsOnThatItOverridesIt() {
        assertEquals(
                List.of("Elsewhere.inPackage", "MadePublic.inPackage"), overridden(BelowMadePublic.class, "inPackage"));
    }

    @Test
    void bridgesOfTheCompilerAreNoMethods() {
        assertEquals(List.of("Visible.open"), methods(Visible.class));
        assertEquals(List.of("Hidden.open"), methods(Bridged.class));
    }

    static class Hidden {
        public void open() {}
    }

    public static class Bridged extends Hidden {}

    public static class Visible extends Hidden {
        @Override
        public void open() {}
    }

    interface MarkedApi<T> {
        @Marked
        @Deprecated
        void save(T one);
    }

    static class MarkedOrders implements MarkedApi<Order> {
        @Override
        @Deprecated
        public void save(Order one) {}
    }

    @Test
    void tellsWhichAnnotationsAMethodLoses() throws Exception {
        Hierarchy hierarchy = Hierarchy.of(MarkedOrders.class);
        Method save = MarkedOrders.class.getMethod("save", Order.class);
        assertEquals(
                "@HierarchyTest.Marked",
                hierarchy.lost(save, type -> true).orElseThrow().names());
        assertEquals(
                true, hierarchy.lost(save, type -> type == Deprecated.class).isEmpty());
    }
}
