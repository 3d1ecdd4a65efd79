package dev.bistro.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class HttpExceptionTest {
    static Stream<Arguments> kinds() {
        return Stream.of(
                Arguments.of(400, new BadRequestException("Why")),
                Arguments.of(403, new ForbiddenException("Why")),
                Arguments.of(404, new NotFoundException("Why")),
                Arguments.of(409, new ConflictException("Why")),
                Arguments.of(415, new UnsupportedMediaTypeException("Why")),
                Arguments.of(422, new UnprocessableContentException("Why")),
                Arguments.of(418, new HttpException(Status.of(418), "Why")));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void kindsHaveTheirStatusAndNothingElse(int code, HttpException exception) {
        assertEquals(code, exception.status().code());
        assertEquals("Why", exception.detail());
        assertEquals("Why", exception.getMessage());
        assertEquals(0, exception.headers().size());
        assertEquals(List.of(), exception.errors());
    }

    @Test
    void carriesHeaders() {
        var exception = new HttpException(Status.METHOD_NOT_ALLOWED, "No", Headers.of("Allow", "GET"), List.of());
        assertEquals("Allow: GET", exception.headers().toString());
    }

    @Test
    void carriesTheWrongValuesAndCannotLoseThem() {
        var value = new InvalidValue(InvalidValue.In.QUERY, "limit", "expected an int, but was 'abc'");
        var values = new ArrayList<>(List.of(value));
        var bad = new BadRequestException("Not valid", values);
        var unprocessable = new UnprocessableContentException("Not valid", values);
        values.clear();
        assertEquals(List.of(value), bad.errors());
        assertEquals(List.of(value), unprocessable.errors());
        assertThrows(UnsupportedOperationException.class, () -> bad.errors().clear());
    }

    @Test
    void withoutATextItSaysTheStatusReason() {
        String none = new NumberFormatException().getMessage();
        assertEquals("Bad Request", new BadRequestException(none).detail());
    }

    @Test
    void partsOfARequestAreNamedInLowerCase() {
        assertEquals(
                List.of("path", "query", "header", "cookie", "form", "body"),
                Stream.of(InvalidValue.In.values()).map(Object::toString).toList());
    }
}
