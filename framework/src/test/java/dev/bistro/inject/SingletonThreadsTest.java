package dev.bistro.inject;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bistro.annotation.RequestScoped;
import dev.bistro.startup.Problems;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Objects of which there is one, asked for by several threads at once whose constructors ask for each other: no thread
 * may hang.
 */
class SingletonThreadsTest {
    private static final int ROUNDS = 300;
    private static final Duration LIMIT = Duration.ofSeconds(60);

    /**
     * Where the constructors of one round meet, so that each thread is within one before any asks for the next; nobody
     * waits there alone.
     */
    private static volatile CyclicBarrier meeting = new CyclicBarrier(1);

    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    private static void meet() {
        try {
            meeting.await(30, TimeUnit.SECONDS);
        } catch (BrokenBarrierException | TimeoutException over) {
            // an object that is made a second time comes alone
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void meetOnce(AtomicInteger visits) {
        if (visits.incrementAndGet() == 1) {
            meet();
        }
    }

    private static final AtomicInteger VISITS_OF_HEN = new AtomicInteger();
    private static final AtomicInteger VISITS_OF_EGG = new AtomicInteger();

    @Singleton
    static final class Hen {
        @Inject
        Hen(Provider<Egg> egg) {
            meetOnce(VISITS_OF_HEN);
            egg.get();
        }
    }

    @Singleton
    static final class Egg {
        @Inject
        Egg(Provider<Hen> hen) {
            meetOnce(VISITS_OF_EGG);
            hen.get();
        }
    }

    static final class Farm {
        @Inject
        Provider<Hen> hen;

        @Inject
        Provider<Egg> egg;
    }

    private static Container container(Class<?>... roots) {
        var problems = new Problems();
        var builder = new ContainerBuilder(problems).components(List.of());
        List.of(roots).forEach(builder::root);
        Container container = builder.build();
        problems.throwIfAny();
        return container;
    }

    private static String thrownBy(Supplier<?> asked) {
        return assertThrows(IllegalStateException.class, asked::get).getMessage();
    }

    /** What each of several threads got that began together: the object, or the exception. */
    private List<Object> together(List<Callable<?>> calls) throws Exception {
        var started = new ArrayList<Future<Object>>();
        for (Callable<?> call : calls) {
            started.add(threads.submit(() -> {
                try {
                    return call.call();
                } catch (Exception e) {
                    return e;
                }
            }));
        }
        var all = new ArrayList<Object>();
        for (Future<Object> one : started) {
            all.add(one.get());
        }
        return all;
    }

    @Test
    void oneThreadIsToldOfTheCircle() {
        meeting = new CyclicBarrier(1);
        Farm farm = container(Farm.class).get(Farm.class);
        String circle = "SingletonThreadsTest.Hen → SingletonThreadsTest.Egg → SingletonThreadsTest.Hen";
        assertEquals("It asks for itself while it is made: " + circle, thrownBy(farm.hen::get));
    }

    @Test
    void twoThreadsThatAskForEachOthersSingletonsAreToldOfTheCircle() {
        assertTimeoutPreemptively(LIMIT, () -> {
            for (int round = 0; round < ROUNDS; round++) {
                VISITS_OF_HEN.set(0);
                VISITS_OF_EGG.set(0);
                meeting = new CyclicBarrier(2);
                Farm farm = container(Farm.class).get(Farm.class);
                for (Object got : together(List.of(farm.hen::get, farm.egg::get))) {
                    String said =
                            assertInstanceOf(IllegalStateException.class, got).getMessage();
                    assertTrue(said.startsWith("It asks for itself while it is made: SingletonThreadsTest."), said);
                    assertTrue(said.contains("Hen") && said.contains("Egg"), said);
                }
            }
        });
    }

    @Singleton
    static final class One {
        final Two next;

        @Inject
        One(Provider<Two> two) {
            meetOnce(VISITS.get(0));
            next = two.get();
        }
    }

    @Singleton
    static final class Two {
        final Three next;

        @Inject
        Two(Provider<Three> three) {
            meetOnce(VISITS.get(1));
            next = three.get();
        }
    }

    @Singleton
    static final class Three {
        final Object next;

        @Inject
        Three(Provider<One> one) {
            meetOnce(VISITS.get(2));
            next = withoutCircle(one);
        }

        /** Continues without the object that it can't have. */
        private static Object withoutCircle(Provider<One> one) {
            try {
                return one.get();
            } catch (IllegalStateException e) {
                return e;
            }
        }
    }

    private static final List<AtomicInteger> VISITS =
            List.of(new AtomicInteger(), new AtomicInteger(), new AtomicInteger());

    static final class All {
        @Inject
        Provider<One> one;

        @Inject
        Provider<Two> two;

        @Inject
        Provider<Three> three;
    }

    @Test
    void threeThreadsGetTheirSingletonsWhereOneOfThemCanDoWithoutTheNext() {
        assertTimeoutPreemptively(LIMIT, () -> {
            for (int round = 0; round < ROUNDS; round++) {
                VISITS.forEach(visits -> visits.set(0));
                meeting = new CyclicBarrier(3);
                All all = container(All.class).get(All.class);
                List<Object> got = together(List.of(all.one::get, all.two::get, all.three::get));
                long told = got.stream()
                        .filter(IllegalStateException.class::isInstance)
                        .count();
                Three three = all.three.get();
                assertTrue(told <= 2, got::toString);
                if (three.next instanceof IllegalStateException circle) {
                    assertTrue(circle.getMessage().contains("One → SingletonThreadsTest.Two"), circle.getMessage());
                    assertSame(three, all.one.get().next.next);
                }
            }
        });
    }

    @RequestScoped
    static final class Basket {
        @Inject
        Basket(Provider<Till> till) {
            meetOnce(VISITS_OF_HEN);
            till.get();
        }
    }

    @RequestScoped
    static final class Receipt {}

    @Singleton
    static final class Till {
        final Receipt receipt;

        @Inject
        Till(Provider<Receipt> receipt) {
            meetOnce(VISITS_OF_EGG);
            this.receipt = receipt.get();
        }
    }

    @Singleton
    static final class CircularTill {
        @Inject
        CircularTill(Provider<CircularBasket> basket) {
            meetOnce(VISITS_OF_EGG);
            basket.get();
        }
    }

    @RequestScoped
    static final class CircularBasket {
        @Inject
        CircularBasket(Provider<CircularTill> till) {
            meetOnce(VISITS_OF_HEN);
            till.get();
        }
    }

    static final class Shop {
        @Inject
        Provider<Basket> basket;

        @Inject
        Provider<Till> till;

        @Inject
        Provider<CircularBasket> circularBasket;

        @Inject
        Provider<CircularTill> circularTill;
    }

    @Test
    void aRequestsObjectAndASingletonThatAskForOthersDoNotWaitForEachOther() {
        assertTimeoutPreemptively(LIMIT, () -> {
            for (int round = 0; round < ROUNDS; round++) {
                VISITS_OF_HEN.set(0);
                VISITS_OF_EGG.set(0);
                meeting = new CyclicBarrier(2);
                Container container = container(Shop.class);
                Shop shop = container.get(Shop.class);
                RequestObjects request = container.requestScope().orElseThrow().begin("request");
                List<Object> got =
                        together(List.of(() -> request.call(shop.basket::get), () -> request.call(shop.till::get)));
                assertInstanceOf(Basket.class, got.get(0));
                assertInstanceOf(Till.class, got.get(1));
            }
        });
    }

    @Test
    void aRequestsObjectAndASingletonThatAskForEachOtherAreToldOfTheCircle() {
        assertTimeoutPreemptively(LIMIT, () -> {
            for (int round = 0; round < ROUNDS; round++) {
                VISITS_OF_HEN.set(0);
                VISITS_OF_EGG.set(0);
                meeting = new CyclicBarrier(2);
                Container container = container(Shop.class);
                Shop shop = container.get(Shop.class);
                RequestObjects request = container.requestScope().orElseThrow().begin("request");
                List<Object> got = together(List.of(
                        () -> request.call(shop.circularBasket::get), () -> request.call(shop.circularTill::get)));
                for (Object one : got) {
                    String said =
                            assertInstanceOf(IllegalStateException.class, one).getMessage();
                    assertTrue(said.contains("CircularBasket") && said.contains("CircularTill"), said);
                }
            }
        });
    }

    // ---- many threads for many singletons, without a cycle

    @Singleton
    static final class Bottom {
        static final AtomicInteger MADE = new AtomicInteger();

        Bottom() {
            MADE.incrementAndGet();
        }
    }

    @Singleton
    static final class Left {
        final Bottom bottom;

        @Inject
        Left(Provider<Bottom> bottom) {
            this.bottom = bottom.get();
        }
    }

    @Singleton
    static final class Right {
        final Bottom bottom;
        final Left left;

        @Inject
        Right(Provider<Bottom> bottom, Provider<Left> left) {
            this.bottom = bottom.get();
            this.left = left.get();
        }
    }

    static final class Top {
        @Inject
        Provider<Left> left;

        @Inject
        Provider<Right> right;
    }

    @Test
    void manyThreadsGetTheSameSingletons() {
        assertTimeoutPreemptively(LIMIT, () -> {
            for (int round = 0; round < ROUNDS; round++) {
                Bottom.MADE.set(0);
                Top top = container(Top.class).get(Top.class);
                List<Object> got = together(List.of(top.left::get, top.right::get, top.right::get, top.left::get));
                assertSame(got.get(0), got.get(3));
                assertSame(got.get(1), got.get(2));
                assertSame(((Right) got.get(1)).bottom, ((Left) got.get(0)).bottom);
                assertEquals(1, Bottom.MADE.get());
            }
        });
    }

    // ---- one that fails

    @Singleton
    static final class Database {
        static final AtomicInteger TRIED = new AtomicInteger();

        Database() {
            TRIED.incrementAndGet();
            throw new IllegalArgumentException("no answer");
        }
    }

    static final class Reader {
        @Inject
        Provider<Database> database;
    }

    @Test
    void aSingletonThatFailsIsNotMadeAnewByEachWhoAsks() throws Exception {
        Database.TRIED.set(0);
        Reader reader = container(Reader.class).get(Reader.class);
        Callable<Database> ask = reader.database::get;
        for (Object got : together(List.of(ask, ask, ask, ask, ask, ask))) {
            assertEquals(
                    "no answer",
                    assertInstanceOf(IllegalArgumentException.class, got).getMessage());
        }
        assertThrows(IllegalArgumentException.class, reader.database::get);
        assertEquals(1, Database.TRIED.get());
    }

    @Test
    void aSingletonThatFailedIsTriedAgainAfterAWhile() {
        var now = new AtomicLong();
        var tried = new AtomicInteger();
        var recipe = new Recipe(
                Recipe.Kind.CLASS,
                Key.of(String.class),
                String.class,
                () -> dev.bistro.startup.Place.of(String.class),
                Lifetime.SINGLETON,
                Standing.USUAL,
                List.of(),
                arguments -> {
                    if (tried.incrementAndGet() == 1) {
                        throw new IllegalStateException("not yet");
                    }
                    return "there";
                });
        var provider = new SingletonProvider(recipe, java.util.Optional.empty(), made -> {}, now::get);
        assertThrows(ObjectCreationException.class, provider::get);
        now.addAndGet(SingletonProvider.PAUSE_NANOS - 1);
        assertThrows(ObjectCreationException.class, provider::get);
        assertEquals(1, tried.get());
        now.incrementAndGet();
        assertEquals("there", provider.get());
        assertEquals(2, tried.get());
    }
}
