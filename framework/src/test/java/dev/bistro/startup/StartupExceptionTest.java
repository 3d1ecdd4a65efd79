package dev.bistro.startup;

import static dev.bistro.startup.Golden.assertGolden;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Parameter;
import java.util.List;
import org.junit.jupiter.api.Test;

class StartupExceptionTest {
    private static final Problem ONE = Problem.of("one", "One.");
    private static final Problem TWO = Problem.of("two", "Two.").at(new Place("Here"));

    @Test
    void reportsAllFaultsInTheFormOfTheArchitecture() throws ReflectiveOperationException {
        interface Items {}
        interface PriceList {}
        record ItemController(Items items, PriceList prices) {
            String find(long itemId, String currency) {
                return itemId + currency;
            }
        }
        Parameter itemId = ItemController.class.getDeclaredMethod("find", long.class, String.class)
                .getParameters()[0];
        Parameter prices = ItemController.class.getDeclaredConstructors()[0].getParameters()[1];

        var problems = new Problems();
        problems.add(Problem.of("unknown-path-variable", "Path \"/items/{id}\" has no variable \"itemId\".")
                .at(Place.of(itemId))
                .cure("Did you mean @PathParam(\"id\")?"));
        problems.add(Problem.of("nothing-provides", "Nothing provides " + Place.name(PriceList.class) + ".")
                .at(Place.of(prices))
                .cure("Tried: a binding (none), an @Inject constructor (PriceList is an interface),"
                        + " a single implementation (none found)"));

        assertGolden("report-form", problems);
    }

    @Test
    void givesEachPlaceAndEachCureItsLine() {
        var problems = new Problems();
        problems.add(Problem.of("ambiguous-route", "Two methods answer GET /items.")
                .at(new Place("ItemController.list()"))
                .at(new Place("ItemController.all()"))
                .cure("Give one of them another path,")
                .cure("or another @Produces."));
        assertGolden("report-form-one", problems);
    }

    @Test
    void isThrownWithAllFaultsInTheirOrder() {
        var problems = new Problems();
        problems.add(TWO);
        problems.add(ONE);
        var exception = assertThrows(StartupException.class, problems::throwIfAny);
        assertEquals(List.of(TWO, ONE), exception.problems());
    }

    @Test
    void isNotThrownWithoutFaults() {
        var problems = new Problems();
        assertTrue(problems.isEmpty());
        assertDoesNotThrow(problems::throwIfAny);
        assertEquals(List.of(), problems.found());
    }

    @Test
    void tellsTheSameFaultOnce() {
        var problems = new Problems();
        problems.add(TWO);
        problems.add(Problem.of("two", "Two.").at(new Place("Here")));
        problems.add(Problem.of("two", "Two.").at(new Place("There")));
        assertFalse(problems.isEmpty());
        assertEquals(2, problems.found().size());
    }

    @Test
    void whatWasFoundDoesNotChangeLater() {
        var problems = new Problems();
        problems.add(ONE);
        List<Problem> found = problems.found();
        problems.add(TWO);
        assertEquals(List.of(ONE), found);
    }

    @Test
    void aProblemWithAnotherPlaceLeavesTheFirstAsItWas() {
        ONE.at(new Place("Here")).cure("So");
        assertEquals("[one] One.", ONE.toString());
    }
}
