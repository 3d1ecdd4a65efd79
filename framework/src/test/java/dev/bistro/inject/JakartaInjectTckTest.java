package dev.bistro.inject;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bistro.annotation.Bean;
import dev.bistro.annotation.Factory;
import dev.bistro.startup.Problems;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import junit.framework.TestCase;
import junit.framework.TestResult;
import junit.framework.TestSuite;
import org.atinject.tck.Tck;
import org.atinject.tck.auto.Car;
import org.atinject.tck.auto.Convertible;
import org.atinject.tck.auto.Drivers;
import org.atinject.tck.auto.DriversSeat;
import org.atinject.tck.auto.Engine;
import org.atinject.tck.auto.Seat;
import org.atinject.tck.auto.Tire;
import org.atinject.tck.auto.V8Engine;
import org.atinject.tck.auto.accessories.SpareTire;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The whole Technology Compatibility Kit of Jakarta Dependency Injection, private and static members included: each of
 * its tests, which are JUnit 3's, is a test here.
 */
class JakartaInjectTckTest {
    /** A driver has one car. */
    static final class Driver {
        final Car car;

        @Inject
        Driver(Car car) {
            this.car = car;
        }
    }

    /** The bindings that the TCK demands, and which its classes don't tell. */
    @Factory
    static final class Parts {
        @Bean
        Engine engine(V8Engine engine) {
            return engine;
        }

        @Bean
        @Drivers
        Seat driversSeat(DriversSeat seat) {
            return seat;
        }

        @Bean
        @Named("spare")
        Tire spareTire(SpareTire tire) {
            return tire;
        }
    }

    private static Car car() {
        var problems = new Problems();
        Container container = new ContainerBuilder(problems)
                .components(List.of(Convertible.class, Parts.class))
                .root(Driver.class)
                .build();
        problems.throwIfAny();
        container.start();
        return container.get(Driver.class).car;
    }

    @TestFactory
    Stream<DynamicTest> kit() {
        return tests(Tck.testsFor(car(), true, true));
    }

    private static Stream<DynamicTest> tests(junit.framework.Test test) {
        return test instanceof TestSuite suite
                ? Collections.list(suite.tests()).stream().flatMap(JakartaInjectTckTest::tests)
                : Stream.of(DynamicTest.dynamicTest(name(test), () -> run((TestCase) test)));
    }

    private static String name(junit.framework.Test test) {
        return test.getClass().getSimpleName() + "." + ((TestCase) test).getName();
    }

    private static void run(TestCase test) throws Throwable {
        var result = new TestResult();
        test.run(result);
        for (var failure : Collections.list(result.failures())) {
            throw failure.thrownException();
        }
        for (var error : Collections.list(result.errors())) {
            throw error.thrownException();
        }
        assertTrue(result.wasSuccessful());
    }

    @Test
    void isTheWholeKit() {
        junit.framework.Test all = Tck.testsFor(car(), true, true);
        assertEquals(all.countTestCases(), tests(all).count());
        assertTrue(all.countTestCases() > Tck.testsFor(car(), false, false).countTestCases());
    }
}
