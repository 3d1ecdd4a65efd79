package dev.bistro.body;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.BufferUnderflowException;
import java.nio.charset.MalformedInputException;
import java.nio.file.NoSuchFileException;
import java.text.ParseException;
import java.time.DateTimeException;
import java.time.Period;
import java.time.format.DateTimeParseException;
import java.util.IllformedLocaleException;
import java.util.InputMismatchException;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ClientFaultTest {
    private static final class InvalidSku extends Exception {
        private static final long serialVersionUID = 1L;
    }

    private static final class InvalidRange extends IllegalArgumentException {
        private static final long serialVersionUID = 1L;

        InvalidRange(String message) {
            super(message);
        }
    }

    static Stream<Throwable> ofTheClient() {
        return Stream.of(
                new IllegalArgumentException("x"),
                new NumberFormatException("x"),
                new InvalidRange("x"),
                new DateTimeException("x"),
                new DateTimeParseException("x", "y", 0),
                new ArithmeticException("x"),
                new IndexOutOfBoundsException(1),
                new StringIndexOutOfBoundsException(1),
                new ArrayIndexOutOfBoundsException(1),
                new NegativeArraySizeException(),
                new NoSuchElementException(),
                new InputMismatchException(),
                new IllformedLocaleException(),
                new BufferUnderflowException(),
                new InvalidSku(),
                new ParseException("x", 0),
                new URISyntaxException("x", "y"),
                new EOFException(),
                new MalformedInputException(1),
                new UncheckedIOException(new EOFException()));
    }

    static Stream<Throwable> ofOurs() {
        return Stream.of(
                new NullPointerException(),
                new IllegalStateException("x"),
                new ClassCastException(),
                new UnsupportedOperationException(),
                new RuntimeException("x"),
                new IOException("x"),
                new NoSuchFileException("x"),
                new UncheckedIOException(new NoSuchFileException("x")),
                new InterruptedException(),
                new OutOfMemoryError(),
                new StackOverflowError(),
                new AssertionError("x"),
                new ExceptionInInitializerError(new IllegalArgumentException("x")));
    }

    @ParameterizedTest
    @MethodSource
    void ofTheClient(Throwable thrown) {
        assertTrue(ClientFault.is(thrown));
    }

    @ParameterizedTest
    @MethodSource
    void ofOurs(Throwable thrown) {
        assertFalse(ClientFault.is(thrown));
    }

    private static Optional<String> message(Runnable code) {
        return ClientFault.message(assertThrows(RuntimeException.class, code::run), ClientFaultTest.class);
    }

    @Test
    void tellsWhatAClassOfTheApplicationSays() {
        assertEquals(Optional.of("too long"), message(() -> {
            throw new IllegalArgumentException("too long");
        }));
        assertEquals(Optional.of("too short"), message(() -> {
            throw new InvalidRange("too short");
        }));
    }

    @Test
    void tellsNothingOfTheJdkNorOfALibrary() {
        assertEquals(Optional.empty(), message(() -> Integer.parseInt("x")));
        assertEquals(Optional.empty(), message(() -> UUID.fromString("x")));
        assertEquals(Optional.empty(), message(() -> URI.create(":")));
        assertEquals(Optional.empty(), message(() -> Period.parse("P306783379W")));
        // JUnit is a library here, and so is Bistro itself, which comes from another folder.
        assertEquals(Optional.empty(), message(() -> org.junit.platform.engine.UniqueId.parse("x:y")));
        assertEquals(Optional.empty(), message(() -> dev.bistro.http.MediaType.parse("x")));
    }

    @Test
    void tellsNothingThatIsNoTextNorOfAnotherKind() {
        assertEquals(Optional.empty(), message(() -> {
            throw new IllegalArgumentException();
        }));
        assertEquals(Optional.empty(), message(() -> {
            throw new IllegalArgumentException(" ");
        }));
        assertEquals(Optional.empty(), message(() -> {
            throw new DateTimeException("too late");
        }));
    }

    @Test
    void tellsNothingOfAnExceptionWithoutATrace() {
        var traceless = new IllegalArgumentException("too long");
        traceless.setStackTrace(new StackTraceElement[0]);
        assertEquals(Optional.empty(), ClientFault.message(traceless, ClientFaultTest.class));
        assertEquals(Optional.empty(), ClientFault.message(new IllegalArgumentException("x"), String.class));
    }
}
