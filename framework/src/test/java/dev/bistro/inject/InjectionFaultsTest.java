package dev.bistro.inject;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.bistro.annotation.Bean;
import dev.bistro.annotation.Factory;
import dev.bistro.annotation.Primary;
import dev.bistro.annotation.Priority;
import dev.bistro.annotation.RequestScoped;
import dev.bistro.startup.Golden;
import dev.bistro.startup.Problems;
import dev.bistro.startup.StartupException;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.inject.Provider;
import jakarta.inject.Qualifier;
import jakarta.inject.Scope;
import jakarta.inject.Singleton;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A golden text for each fault of injection. */
class InjectionFaultsTest {
    private final Problems problems = new Problems();

    private Container build(Class<?> root, Class<?>... components) {
        return new ContainerBuilder(problems)
                .components(List.of(components))
                .root(root)
                .build();
    }

    private void assertFaults(String golden, Class<?>... components) {
        build(Plain.class, components);
        Golden.assertGolden(golden, problems);
    }

    static final class Plain {}

    @Qualifier
    @Retention(RetentionPolicy.RUNTIME)
    @interface Main {}

    @Scope
    @Retention(RetentionPolicy.RUNTIME)
    @interface SessionScoped {}

    interface Store {}

    // ---- annotations where they mean nothing

    static final class Members {
        @Inject
        final Plain plain = null;

        @Inject
        @Named("a")
        @Main
        Plain twice;

        @Inject
        @Singleton
        Plain scoped;

        @Inject
        <T> void generic(T value) {}

        @Inject
        @Main
        void qualified(@Singleton Plain plain, @Main @Named("b") Plain twice) {}

        @Singleton
        void scoped() {}
    }

    @Test
    void reportsMembersThatCanNotBeInjected() {
        assertFaults("members", Members.class);
    }

    abstract static class Half {
        @Inject
        abstract void set(Plain plain);
    }

    interface Face {
        @Inject
        void set(Plain plain);
    }

    @Test
    void reportsInjectWhereThereIsNoCode() {
        assertFaults("not-injectable", Half.class, Face.class);
    }

    static final class Several {
        @Inject
        Several() {}

        @Inject
        @Main
        Several(Plain plain) {}
    }

    @Test
    void reportsSeveralConstructors() {
        assertFaults("several-constructors", Several.class);
    }

    @SessionScoped
    static final class Session {}

    @Singleton
    @RequestScoped
    static final class Both {}

    @Singleton
    abstract static class Base {}

    @Singleton
    interface Port {}

    @Main
    @Named("x")
    static final class TwoNames {}

    @RequestScoped
    static final class Controller {}

    @Test
    void reportsScopesAndQualifiersOfClasses() {
        build(Controller.class, Session.class, Both.class, Base.class, Port.class, TwoNames.class);
        Golden.assertGolden("scopes", problems);
    }

    // ---- factories

    @Factory
    abstract static class Beans {
        @Bean
        void nothing() {}

        @Bean
        private Plain hidden() {
            return new Plain();
        }

        @Bean
        abstract Plain missing();

        @Bean
        <T> T generic() {
            return null;
        }

        @Bean
        Optional<Plain> held() {
            return Optional.empty();
        }

        @Bean
        @SessionScoped
        @Named("a")
        @Main
        Plain marked() {
            return new Plain();
        }
    }

    @Factory
    static final class Empty {}

    static final class NoFactory {
        @Bean
        Plain plain() {
            return new Plain();
        }
    }

    @Test
    void reportsFactoriesAndBeans() {
        assertFaults("factories", Beans.class, Empty.class, NoFactory.class);
    }

    @Factory
    static final class Nothing {
        @Bean
        Store store() {
            return null;
        }
    }

    static final class Shelf {
        @Inject
        Shelf(Store store) {}
    }

    static final class Room {
        @Inject
        Room(Shelf shelf) {}
    }

    @Test
    void reportsABeanThatIsNull() {
        Container container = build(Room.class, Nothing.class);
        problems.throwIfAny();
        var fault = assertThrows(StartupException.class, container::start);
        fault.problems().forEach(problems::add);
        Golden.assertGolden("null-bean", problems);
    }

    // ---- what is asked for

    static final class Untyped {
        @Inject
        @SuppressWarnings("rawtypes")
        Untyped(Provider none, Provider<?> any, List all, Optional<?> perhaps) {}
    }

    @Test
    void reportsHoldingsOfNothing() {
        build(Untyped.class);
        Golden.assertGolden("untyped-dependency", problems);
    }

    static final class Lists {
        @Inject
        List<Optional<Store>> stores;
    }

    @Test
    void reportsAListThatWouldAlwaysBeEmpty() {
        build(Lists.class);
        Golden.assertGolden("unusable-list", problems);
    }

    @Main
    static final class MainStore implements Store {}

    static final class UrlStore implements Store {
        UrlStore(String url) {}
    }

    @Test
    void saysWhatThereIsWithAnotherQualifierAndWhatCanNotBeMade() {
        build(Room.class, MainStore.class, UrlStore.class);
        Golden.assertGolden("nothing-provides-qualified", problems);
    }

    interface Repository<T> {}

    record Order() {}

    record Item() {}

    static final class Orders implements Repository<Order> {}

    static final class Office {
        @Inject
        Office(Repository<Item> items) {}
    }

    @Test
    void tellsGenericTypesApart() {
        build(Office.class, Orders.class);
        Golden.assertGolden("nothing-provides-generic", problems);
    }

    // ---- ranks

    @Primary
    interface Ranked {}

    @Priority(1)
    abstract static class HalfRanked {
        @Primary
        @Priority(2)
        void noBean() {}
    }

    /** Stands for {@code jakarta.annotation.Priority}. */
    static final class Elsewhere {
        @Retention(RetentionPolicy.RUNTIME)
        @interface Priority {
            int value();
        }
    }

    @Elsewhere.Priority(1)
    static final class WronglyImported implements Ranked {}

    @Factory
    static final class WronglyImportedBean {
        @Bean
        @Elsewhere.Priority(1)
        Plain plain() {
            return new Plain();
        }
    }

    @Test
    void reportsRanksThatHaveNoEffect() {
        assertFaults(
                "misplaced-rank", Ranked.class, HalfRanked.class, WronglyImported.class, WronglyImportedBean.class);
    }

    interface Tax {}

    @Primary
    static final class HighTax implements Tax {}

    @Primary
    @Named("low")
    static final class LowTax implements Tax {}

    @Factory
    static final class Taxes {
        @Bean
        @Primary
        Tax other() {
            return new HighTax();
        }

        @Bean
        @Primary
        @Named("low")
        Tax otherLow() {
            return new LowTax();
        }
    }

    static final class TaxOffice {
        @Inject
        Tax tax;

        @Inject
        Map<String, Tax> taxes;

        @Inject
        Map<String, Optional<Tax>> wrapped;
    }

    @Test
    void reportsWhatIsPrimaryTwice() {
        build(TaxOffice.class, HighTax.class, LowTax.class, Taxes.class);
        Golden.assertGolden("two-primaries", problems);
    }

    @Test
    void reportsWhatLibrariesDisagreeAbout() {
        new ContainerBuilder(problems)
                .libraries(Map.of(HighTax.class, "audit 1.2", LowTax.class, "audit 1.2", Taxes.class, "billing"))
                .components(List.of(HighTax.class, LowTax.class, Taxes.class))
                .root(TaxOffice.class)
                .build();
        Golden.assertGolden("two-primaries-libraries", problems);
    }

    // ---- the graph as a whole

    static final class Desk {
        @Inject
        Desk(Provider<Drawer> later, Drawer now) {}
    }

    static final class Drawer {
        @Inject
        Desk desk;
    }

    @Test
    void reportsACircleThatIsAlsoDeferred() {
        build(Desk.class);
        Golden.assertGolden("circular-dependency-deferred", problems);
    }

    @RequestScoped
    static final class Cart {}

    static final class Discount {
        @Inject
        Cart cart;
    }

    static final class Till {
        @Inject
        Till(Cart cart, Optional<Discount> discount, Provider<Cart> fine) {}
    }

    @Test
    void reportsObjectsOfARequestThatASingletonWouldKeep() {
        build(Till.class);
        Golden.assertGolden("kept-beyond-request", problems);
    }

    @Singleton
    static final class Selfish {
        @Inject
        Selfish(Provider<Selfish> self) {
            self.get();
        }
    }

    @Test
    void reportsASingletonThatAsksForItselfWhileItIsMade() {
        Container container = build(Selfish.class);
        assertEquals(List.of(), problems.found());
        var fault = assertThrows(StartupException.class, container::start);
        fault.problems().forEach(problems::add);
        Golden.assertGolden("asks-for-itself", problems);
    }
}
