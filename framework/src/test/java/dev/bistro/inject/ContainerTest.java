package dev.bistro.inject;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bistro.annotation.Bean;
import dev.bistro.annotation.Factory;
import dev.bistro.startup.Golden;
import dev.bistro.startup.Problems;
import dev.bistro.startup.StartupException;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.inject.Provider;
import jakarta.inject.Qualifier;
import jakarta.inject.Singleton;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ContainerTest {
    private final Problems problems = new Problems();

    interface Engine {}

    static final class Petrol implements Engine {}

    @Named("silent")
    static final class Electric implements Engine {}

    @Singleton
    static final class Radio {
        static final AtomicInteger MADE = new AtomicInteger();

        Radio() {
            MADE.incrementAndGet();
        }
    }

    static final class Car {
        final Engine engine;
        final Radio radio;
        final Provider<Radio> radios;
        final Optional<Runnable> absent;
        final List<Engine> engines;

        @Inject
        Car(Engine engine, Radio radio, Provider<Radio> radios, Optional<Runnable> absent, List<Engine> engines) {
            this.engine = engine;
            this.radio = radio;
            this.radios = radios;
            this.absent = absent;
            this.engines = engines;
        }
    }

    private Container container(Class<?> root, Class<?>... components) {
        Container container = new ContainerBuilder(problems)
                .components(List.of(components))
                .root(root)
                .build();
        problems.throwIfAny();
        return container;
    }

    @Test
    void injectsAConstructorInEachHolding() {
        Container container = container(Car.class, Petrol.class);
        Car car = container.get(Car.class);
        assertInstanceOf(Petrol.class, car.engine);
        assertSame(car.radio, car.radios.get());
        assertTrue(car.absent.isEmpty());
        assertEquals(1, car.engines.size());
        assertSame(car, container.get(Car.class), "a root is one object");
        assertNotSame(container.get(Petrol.class), container.get(Petrol.class), "what has no scope is made each time");
    }

    static final class Silent {
        final Engine engine;

        @Inject
        Silent(@Named("silent") Engine engine) {
            this.engine = engine;
        }
    }

    @Test
    void tellsImplementationsApartByQualifiers() {
        assertInstanceOf(
                Electric.class,
                container(Silent.class, Petrol.class, Electric.class).get(Silent.class).engine);
    }

    static class Members {
        @Inject
        Radio field;

        Engine set;

        @Inject
        void set(Engine engine) {
            set = engine;
        }
    }

    @Test
    void injectsFieldsAndMethods() {
        Members members = container(Members.class, Petrol.class).get(Members.class);
        assertInstanceOf(Radio.class, members.field);
        assertInstanceOf(Petrol.class, members.set);
    }

    @Qualifier
    @Retention(RetentionPolicy.RUNTIME)
    @interface Main {}

    record Clock(String zone) {}

    @Factory
    static final class Clocks {
        final Radio radio;

        @Inject
        Clocks(Radio radio) {
            this.radio = radio;
        }

        @Bean
        @Singleton
        Clock utc() {
            return new Clock("UTC");
        }

        @Bean
        @Main
        Clock main(Clock utc) {
            return new Clock("main of " + utc.zone());
        }

        @Bean
        List<String> names() {
            return List.of("a", "b");
        }
    }

    static final class Watch {
        final Clock plain;
        final Clock main;

        @Inject
        Watch(Clock plain, @Main Clock main) {
            this.plain = plain;
            this.main = main;
        }
    }

    @Test
    void takesBeansOfFactories() {
        Container container = container(Watch.class, Clocks.class);
        Watch watch = container.get(Watch.class);
        assertEquals("UTC", watch.plain.zone());
        assertEquals("main of UTC", watch.main.zone());
    }

    @Test
    void letsAnInstanceWinOverAllElse() {
        var fixed = new Petrol();
        Container container = new ContainerBuilder(problems)
                .components(List.of(Petrol.class, Electric.class))
                .bind(Engine.class, fixed)
                .root(Car.class)
                .build();
        assertTrue(problems.isEmpty());
        assertSame(fixed, container.get(Car.class).engine);
    }

    interface PriceList {}

    static final class Items {
        @Inject
        Items(PriceList prices) {}
    }

    static final class Till {
        @Inject
        Till(Items items, PriceList prices) {}
    }

    @Test
    void reportsWhatNothingProvides() {
        new ContainerBuilder(problems).root(Till.class).build();
        Golden.assertGolden("nothing-provides", problems);
    }

    static final class Racer {
        @Inject
        Racer(Engine engine) {}
    }

    static final class Diesel implements Engine {}

    @Test
    void reportsWhatMoreThanOneProvides() {
        new ContainerBuilder(problems)
                .components(List.of(Petrol.class, Diesel.class))
                .root(Racer.class)
                .build();
        Golden.assertGolden("ambiguous-dependency", problems);
    }

    static final class Hen {
        @Inject
        Hen(Egg egg) {}
    }

    static final class Egg {
        @Inject
        Egg(Nest nest) {}
    }

    static final class Nest {
        @Inject
        Nest(Hen hen) {}
    }

    @Test
    void reportsCircles() {
        new ContainerBuilder(problems).root(Hen.class).build();
        Golden.assertGolden("circular-dependency", problems);
    }

    static final class LazyHen {
        final Provider<LazyEgg> egg;

        @Inject
        LazyHen(Provider<LazyEgg> egg) {
            this.egg = egg;
        }
    }

    static final class LazyEgg {
        final LazyHen hen;

        @Inject
        LazyEgg(LazyHen hen) {
            this.hen = hen;
        }
    }

    @Test
    void bearsACircleWithAProviderInIt() {
        LazyHen hen = container(LazyHen.class).get(LazyHen.class);
        assertSame(hen, hen.egg.get().hen);
    }

    @Test
    void reportsWhatAProviderCanNotProvide() {
        final class Later {
            @Inject
            Later(Provider<PriceList> prices) {}
        }
        new ContainerBuilder(problems).root(Later.class).build();
        assertEquals("nothing-provides", problems.found().get(0).id());
    }

    static final class TwoConstructors {
        @Inject
        TwoConstructors() {}

        @Inject
        TwoConstructors(Radio radio) {}
    }

    abstract static class Abstract {}

    final class Inner {}

    static final class NeedsUnmakeable {
        @Inject
        NeedsUnmakeable(TwoConstructors two, Abstract none, Inner inner, String text) {}
    }

    @Test
    void saysWhyAClassCanNotBeMade() {
        new ContainerBuilder(problems).root(NeedsUnmakeable.class).build();
        Golden.assertGolden("nothing-provides-classes", problems);
    }

    static final class Failing {
        Failing() {
            throw new IllegalStateException("no disk");
        }
    }

    @Test
    void saysWhichConstructorFailed() {
        var fault = assertThrows(
                StartupException.class, () -> container(Failing.class).get(Failing.class));
        assertEquals("no disk", fault.getCause().getMessage());
        assertTrue(fault.getMessage().contains("the constructor ContainerTest.Failing()"), fault.getMessage());
    }

    static final List<String> CLOSED = new ArrayList<>();

    @Singleton
    static final class Pool implements AutoCloseable {
        @Override
        public void close() {
            CLOSED.add("pool");
        }
    }

    @Singleton
    static final class Store implements AutoCloseable {
        @Inject
        Store(Pool pool) {}

        @Override
        public void close() {
            CLOSED.add("store");
            throw new IllegalStateException("one that fails doesn't keep the others");
        }
    }

    @Test
    void closesSingletonsLastMadeFirst() {
        CLOSED.clear();
        Container container = container(Store.class);
        container.get(Store.class);
        container.close();
        container.close();
        assertEquals(List.of("store", "pool"), CLOSED);
    }

    @Test
    void makesASingletonOnceForManyThreads() throws Exception {
        int before = Radio.MADE.get();
        Container container = container(Car.class, Petrol.class);
        var threads = Executors.newFixedThreadPool(8);
        try {
            Callable<Object> get = () -> container.get(Radio.class);
            Set<Object> made = new HashSet<>();
            for (var one :
                    threads.invokeAll(IntStream.range(0, 100).mapToObj(i -> get).toList())) {
                made.add(one.get());
            }
            assertEquals(1, made.size());
            assertEquals(before + 1, Radio.MADE.get());
        } finally {
            threads.shutdownNow();
        }
    }

    // ---- lists

    static final class Garage {
        @Inject
        List<Engine> engines;

        @Inject
        @Named("silent")
        List<Engine> silent;

        @Inject
        List<Provider<Engine>> later;

        @Inject
        Optional<Provider<Engine>> perhaps;

        @Inject
        Provider<Optional<PriceList>> none;
    }

    @Factory
    static final class Engines {
        @Bean
        @Named("steam")
        Engine steam() {
            return new Engine() {};
        }
    }

    private static List<String> names(List<?> objects) {
        return objects.stream().map(object -> object.getClass().getSimpleName()).toList();
    }

    @Test
    void listsWhatWasGivenThenBeansThenClassesByName() {
        var given = new Petrol();
        Container container = new ContainerBuilder(problems)
                .components(List.of(Diesel.class, Electric.class, Engines.class, Petrol.class))
                .bind(Petrol.class, given)
                .root(Garage.class)
                .build();
        assertEquals(
                List.of("ambiguous-dependency"),
                problems.found().stream().map(problem -> problem.id()).toList(),
                "of perhaps one");
        var others = new Problems();
        container = new ContainerBuilder(others)
                .components(List.of(Diesel.class, Electric.class, Engines.class))
                .root(Garage.class)
                .build();
        others.throwIfAny();
        Garage garage = container.get(Garage.class);
        assertEquals(List.of("", "Diesel", "Electric"), names(garage.engines));
        assertEquals(List.of("Electric"), names(garage.silent));
        assertEquals(3, garage.later.size());
        assertInstanceOf(Electric.class, garage.later.get(2).get());
        assertInstanceOf(Diesel.class, garage.perhaps.orElseThrow().get());
        assertEquals(Optional.empty(), garage.none.get());
        assertEquals(List.of("", "Diesel", "Electric"), names(container.all(Engine.class)));
    }

    // ---- start and end

    static final List<String> MADE = new ArrayList<>();

    abstract static class Recorded implements AutoCloseable {
        Recorded() {
            MADE.add(getClass().getSimpleName());
        }

        @Override
        public void close() {
            MADE.add("-" + getClass().getSimpleName());
        }
    }

    @Singleton
    static final class First extends Recorded {}

    @Singleton
    static final class Lazy extends Recorded {}

    static final class Plain {
        @Inject
        Plain(BehindPlain behind) {}
    }

    @Singleton
    static final class BehindPlain extends Recorded {}

    @Singleton
    static final class Unneeded extends Recorded {}

    static final class Second extends Recorded {
        final Provider<Lazy> lazy;

        @Inject
        Second(Provider<Plain> plain, First first, Provider<Lazy> lazy) {
            this.lazy = lazy;
        }
    }

    static final class Third extends Recorded {
        @Inject
        void failing(First first) {
            throw new IllegalArgumentException("third");
        }
    }

    @Test
    void makesSingletonsAtTheStartInTheOrderOfTheirNeeds() {
        MADE.clear();
        Container container = container(Second.class, Unneeded.class, First.class, Lazy.class);
        assertEquals(List.of(), MADE);
        container.start();
        assertEquals(List.of("BehindPlain", "First", "Second"), MADE);
        Second second = container.get(Second.class);
        assertSame(second.lazy.get(), second.lazy.get());
        container.start();
        container.close();
        assertEquals(
                List.of("BehindPlain", "First", "Second", "Lazy", "-Lazy", "-Second", "-First", "-BehindPlain"), MADE);
    }

    @Test
    void closesWhatWasMadeWhenTheRestFails() {
        MADE.clear();
        Container container = new ContainerBuilder(problems)
                .root(Second.class)
                .root(Third.class)
                .build();
        problems.throwIfAny();
        var fault = assertThrows(StartupException.class, container::start);
        assertEquals("third", fault.getCause().getMessage());
        container.close();
        assertEquals(
                List.of("BehindPlain", "First", "Second", "Third", "-Third", "-Second", "-First", "-BehindPlain"),
                MADE,
                "the one that was injected in part, too");
    }

    @Test
    void closesAtOnceWhatIsMadeTooLate() {
        MADE.clear();
        Container container = container(Second.class);
        Second second = container.get(Second.class);
        container.close();
        MADE.clear();
        var fault = assertThrows(IllegalStateException.class, second.lazy::get);
        assertTrue(fault.getMessage().contains("was closed at once"), fault.getMessage());
        assertEquals(List.of("Lazy", "-Lazy"), MADE);
    }

    // ---- overriding

    static class Upper {
        final List<String> injected = new ArrayList<>();

        @Inject
        void replaced(Radio radio) {
            injected.add("upper replaced");
        }

        @Inject
        void silenced(Radio radio) {
            injected.add("upper silenced");
        }

        @Inject
        private void hidden(Radio radio) {
            injected.add("upper hidden");
        }
    }

    static class Lower extends Upper {
        @Override
        @Inject
        void replaced(Radio radio) {
            injected.add("lower replaced");
        }

        @Override
        void silenced(Radio radio) {
            injected.add("lower silenced");
        }

        @Inject
        private void hidden(Radio radio) {
            injected.add("lower hidden");
        }
    }

    static class Open<T> {
        T set;

        @Inject
        void set(T value) {
            set = value;
        }
    }

    static final class Closed extends Open<Radio> {
        int calls;

        @Override
        @Inject
        void set(Radio value) {
            calls++;
            super.set(value);
        }
    }

    static class HiddenBase {
        int calls;

        @Inject
        public void called(Radio radio) {
            calls++;
        }
    }

    /** The compiler adds a bridge method here, which makes the inherited one public. */
    public static final class Shown extends HiddenBase {}

    @Test
    void injectsAMethodOnceHoweverItIsOverridden() {
        assertEquals(
                List.of("upper hidden", "lower hidden", "lower replaced"),
                container(Lower.class).get(Lower.class).injected);
        Closed closed = container(Closed.class).get(Closed.class);
        assertEquals(1, closed.calls);
        assertInstanceOf(Radio.class, closed.set);
        assertEquals(1, container(Shown.class).get(Shown.class).calls);
    }

    // ---- a class asked for later

    @Test
    void findsLaterWhatWasNotAskedForAtTheStart() {
        Container container = container(Radio.class, Petrol.class);
        assertSame(container.get(Radio.class), container.get(Car.class).radio, "the singletons are those of the start");
        var fault = assertThrows(StartupException.class, () -> container.get(Items.class));
        assertEquals("nothing-provides", fault.problems().get(0).id());
        assertThrows(StartupException.class, () -> container.get(Items.class), "and once more");
    }

    @Factory
    static final class Failures {
        @Bean
        PriceList prices() throws java.io.IOException {
            throw new java.io.IOException("no file");
        }
    }

    static final class LateBuyer {
        @Inject
        Provider<PriceList> prices;

        @Inject
        Provider<Failing> failing;
    }

    @Test
    void letsAProviderThrowWhatTheConstructorThrew() {
        LateBuyer buyer = container(LateBuyer.class, Failures.class).get(LateBuyer.class);
        assertEquals(
                "no disk",
                assertThrows(IllegalStateException.class, buyer.failing::get).getMessage());
        var checked = assertThrows(IllegalStateException.class, buyer.prices::get);
        assertEquals("no file", checked.getCause().getMessage());
    }

    static final class Late {
        @Inject
        static Radio shared;
    }

    @Test
    void injectsStaticMembersOfAClassThatIsAskedForLater() {
        Late.shared = null;
        Container container = container(Radio.class);
        container.start();
        container.get(Late.class);
        assertSame(container.get(Radio.class), Late.shared);
    }
}
