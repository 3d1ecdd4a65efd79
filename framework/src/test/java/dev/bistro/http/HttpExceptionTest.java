package dev.bistro.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpExceptionTest {
    static Stream<Arguments> kinds() {
        return Stream.of(
                Arguments.of(400, new BadRequestException("Why")),
                Arguments.of(403, new ForbiddenException("Why")),
                Arguments.of(412, new PreconditionFailedException("Why")),
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

    // ---- copies

    /** One of a user's, with a field and a message of its own. */
    static final class OutOfStock extends ConflictException {
        private static final long serialVersionUID = 1L;
        private final int left;

        OutOfStock(int left) {
            super("unused");
            this.left = left;
        }

        @Override
        public String getMessage() {
            return "Only " + left + " are left";
        }
    }

    static Stream<HttpException> all() {
        return Stream.concat(
                kinds().map(kind -> (HttpException) kind.get()[1]),
                Stream.of(
                        new OutOfStock(3),
                        new NotAcceptableException(List.of(MediaType.JSON)),
                        new UnauthorizedException("Bearer")));
    }

    @ParameterizedTest
    @MethodSource("all")
    void moreIsSaidOfACopyOfTheSameClass(HttpException plain) {
        var cause = new IllegalStateException("why");
        String headers = plain.headers().toString();
        HttpException full = plain.withHeader("Retry-After", "1")
                .withHeader("Retry-After", "2")
                .plusHeader("Link", "</a>")
                .plusHeader("Link", "</b>")
                .withType(URI.create("https://example.org/problems/\u00e4"))
                .withMember("left", 3)
                .withMember("more", List.of("a"))
                .withMember("left", 4)
                .withCause(cause);
        assertEquals(plain.getClass(), full.getClass());
        assertEquals(plain.status(), full.status());
        assertEquals(plain.detail(), full.detail());
        assertEquals(plain.errors(), full.errors());
        assertEquals(List.of("2"), full.headers().all("Retry-After"));
        assertEquals(List.of("</a>", "</b>"), full.headers().all("Link"));
        assertEquals("https://example.org/problems/%C3%A4", full.type());
        assertEquals("{left=4, more=[a]}", full.members().toString());
        assertSame(cause, full.getCause());
        assertArrayEquals(plain.getStackTrace(), full.getStackTrace());
        assertEquals(headers, plain.headers().toString());
        assertEquals("about:blank", plain.type());
        assertEquals(Map.of(), plain.members());
        assertNull(plain.getCause());
    }

    @Test
    void aCopyHasTheStackTraceOfWhereTheExceptionWasMade() {
        HttpException copy = new NotFoundException("Why").withMember("left", 1);
        assertEquals("aCopyHasTheStackTraceOfWhereTheExceptionWasMade", copy.getStackTrace()[0].getMethodName());
    }

    @Test
    void aCopyHasNoCauseUnlessOneIsGiven() {
        var first = new IllegalStateException("first");
        var second = new IllegalStateException("second");
        HttpException copy = new NotFoundException("Why").withHeader("A", "b");
        assertNull(copy.getCause());
        assertSame(copy, copy.initCause(first));
        assertSame(first, copy.getCause());
        assertThrows(IllegalStateException.class, () -> copy.initCause(second));
        assertSame(second, copy.withCause(second).getCause());
        assertSame(first, copy.getCause());
        assertSame(first, copy.withHeader("A", "c").getCause());
        var own = new NotFoundException("Why");
        assertThrows(IllegalArgumentException.class, () -> own.initCause(own));
    }

    @Test
    void theCauseIsInTheLog() {
        var text = new StringWriter();
        new NotFoundException("Why")
                .withCause(new IllegalStateException("the reason"))
                .printStackTrace(new PrintWriter(text));
        assertTrue(text.toString().contains("Caused by: java.lang.IllegalStateException: the reason"), text.toString());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            A b     | c
            A:      | c
            ''      | c
            A       | b<CR><LF>Set-Cookie: c=d
            A       | b<LF>c
            A       | b<NUL>c
            """)
    void aHeaderCantEndALine(String name, String value) {
        String real = value.replace("<CR>", "\r").replace("<LF>", "\n").replace("<NUL>", "\0");
        var fault = new NotFoundException("Why");
        assertThrows(IllegalArgumentException.class, () -> fault.withHeader(name, real));
        assertThrows(IllegalArgumentException.class, () -> fault.plusHeader(name, real));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "type",
                "title",
                "status",
                "detail",
                "instance",
                "requestId",
                "errors",
                "development",
                "",
                "1a",
                "a-b",
                "a b",
                "_a",
                "\u00e4",
                "a\n"
            })
    void someMembersCantBeSet(String name) {
        var fault = new NotFoundException("Why");
        assertThrows(IllegalArgumentException.class, () -> fault.withMember(name, 1));
        assertThrows(NullPointerException.class, () -> fault.withMember("a", null));
        assertThrows(UnsupportedOperationException.class, () -> fault.members().put("a", 1));
    }

    // ---- 401

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Basic",
                "Bearer",
                "Basic realm=\"Shop\"",
                "Basic realm=\"Shop\", charset=\"UTF-8\"",
                "Basic realm=\"The \\\"Shop\\\", and more\"",
                "Basic realm=\"\"",
                "Bearer error=\"invalid_token\",error_description=\"expired\"",
                "Digest qop=auth , nonce=abc",
                "Negotiate YWJj/+-._~==",
                "Basic realm=\"a\", Bearer realm=\"b\", scope=\"c\"",
                "Basic, Bearer"
            })
    void a401HasItsChallenge(String challenge) {
        var fault = new UnauthorizedException(challenge);
        assertEquals(Status.UNAUTHORIZED, fault.status());
        assertEquals("WWW-Authenticate: " + challenge, fault.headers().toString());
        assertEquals("Authentication is needed", fault.detail());
        assertEquals("Log in", new UnauthorizedException(challenge, "Log in").detail());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "Log in first",
                "This needs a name and a password",
                "Basic realm=Shop\r\nSet-Cookie: a=b",
                "Basic realm=\"Shop",
                "Basic realm=a b",
                "Basic =a",
                "Basic,",
                ",Basic",
                "Basic realm=\"a\\\""
            })
    void aTextForPeopleIsNoChallenge(String text) {
        assertThrows(IllegalArgumentException.class, () -> new UnauthorizedException(text));
    }

    @Test
    void aLongChallengeIsReadWithoutRecursion() {
        String realm = "a\\\"".repeat(20_000);
        new UnauthorizedException("Basic realm=\"" + realm + "\"");
        assertThrows(
                IllegalArgumentException.class, () -> new UnauthorizedException("Basic realm=\"" + realm + " more"));
    }
}
