package dev.bistro.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatusTest {
    @Test
    void oneObjectForEachCode() {
        assertSame(Status.NOT_FOUND, Status.of(404));
        assertSame(Status.of(299), Status.of(299));
        assertEquals("404 Not Found", Status.NOT_FOUND.toString());
    }

    /** Of the registry at iana.org, some that have no constant here. */
    @ParameterizedTest
    @CsvSource({
        "103, Early Hints",
        "203, Non-Authoritative Information",
        "300, Multiple Choices",
        "402, Payment Required",
        "407, Proxy Authentication Required",
        "421, Misdirected Request",
        "451, Unavailable For Legal Reasons",
        "511, Network Authentication Required"
    })
    void registeredCodesHaveTheirReason(int code, String reason) {
        assertEquals(reason, Status.of(code).reason());
    }

    @ParameterizedTest
    @CsvSource({"199, Informational", "299, Success", "399, Redirection", "499, Client Error", "599, Server Error"})
    void otherCodesHaveTheNameOfTheirClass(int code, String reason) {
        assertEquals(reason, Status.of(code).reason());
        assertEquals(code, Status.of(code).code());
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 99, 600, 1000, Integer.MAX_VALUE, Integer.MIN_VALUE})
    void rejectsWhatIsNoCode(int code) {
        assertThrows(IllegalArgumentException.class, () -> Status.of(code));
    }

    @Test
    void bodiesAreForbiddenWhereTheRfcSaysSo() {
        assertEquals(List.of(204, 304), codesFrom200(Status::forbidsBody));
        assertEquals(
                100,
                IntStream.range(100, 200)
                        .filter(code -> Status.of(code).forbidsBody())
                        .count());
    }

    @Test
    void errorsAreThoseFrom400() {
        assertEquals(IntStream.range(400, 600).boxed().toList(), codesFrom200(Status::isError));
    }

    private static List<Integer> codesFrom200(Predicate<Status> which) {
        return IntStream.range(200, 600)
                .filter(code -> which.test(Status.of(code)))
                .boxed()
                .toList();
    }
}
