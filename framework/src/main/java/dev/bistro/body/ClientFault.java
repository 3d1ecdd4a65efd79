package dev.bistro.body;

import java.io.EOFException;
import java.io.IOException;
import java.io.UTFDataFormatException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.nio.BufferOverflowException;
import java.nio.BufferUnderflowException;
import java.nio.charset.CharacterCodingException;
import java.security.CodeSource;
import java.time.DateTimeException;
import java.util.IllformedLocaleException;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.zip.ZipException;

/**
 * Decides whose fault an exception is that code throws while it makes a value from what a client sent: a converter, a
 * static {@code parse}, a constructor, a codec. It is decided only here; the reasons are in the decision record
 * {@code client-faults.md}. For Bistro's own rooms.
 *
 * <pre>{@code
 * ClientFault.is(new NumberFormatException("x"));          // true: the text was wrong
 * ClientFault.is(new NullPointerException());              // false: the code was
 * ClientFault.message(fault, Range.class);                 // "the end is before the start", if Range itself threw that
 * }</pre>
 */
public final class ClientFault {
    /** Exceptions that the JDK and its users throw about a value. */
    private static final List<Class<? extends RuntimeException>> OF_VALUES = List.of(
            IllegalArgumentException.class,
            DateTimeException.class,
            ArithmeticException.class,
            IndexOutOfBoundsException.class,
            NoSuchElementException.class,
            NegativeArraySizeException.class,
            IllformedLocaleException.class,
            BufferUnderflowException.class,
            BufferOverflowException.class);

    /** Failures of input that are about the bytes, and not about where they come from. */
    private static final List<Class<? extends IOException>> OF_BYTES = List.of(
            EOFException.class,
            CharacterCodingException.class,
            UTFDataFormatException.class,
            MalformedURLException.class,
            ZipException.class);

    private ClientFault() {}

    /**
     * Whether the value is to blame. Not for an {@link dev.bistro.http.HttpException}, which has a status of its own.
     *
     * @param thrown by code that makes a value from what the client sent
     */
    public static boolean is(Throwable thrown) {
        if (thrown instanceof UncheckedIOException unchecked) {
            return isAny(OF_BYTES, unchecked.getCause());
        }
        if (thrown instanceof IOException) {
            return isAny(OF_BYTES, thrown);
        }
        boolean isChecked = thrown instanceof Exception && !(thrown instanceof RuntimeException);
        return isChecked ? !(thrown instanceof InterruptedException) : isAny(OF_VALUES, thrown);
    }

    private static boolean isAny(List<? extends Class<?>> kinds, Throwable thrown) {
        return kinds.stream().anyMatch(kind -> kind.isInstance(thrown));
    }

    /**
     * The message that the client may see: that of an {@link IllegalArgumentException} which the application itself
     * threw. Any other message, of the JDK or a library, was written for programmers, and may disclose something.
     *
     * @param maker a class of the application; other classes belong to the application if they are of the same module
     *     or jar
     */
    public static Optional<String> message(Throwable thrown, Class<?> maker) {
        boolean isTold = thrown instanceof IllegalArgumentException
                && thrown.getMessage() != null
                && !thrown.getMessage().isBlank()
                && isThrownBeside(maker, thrown.getStackTrace());
        return isTold ? Optional.of(thrown.getMessage()) : Optional.empty();
    }

    private static boolean isThrownBeside(Class<?> maker, StackTraceElement[] trace) {
        if (trace.length == 0 || maker.getClassLoader() == null) {
            return false;
        }
        try {
            Class<?> thrower = Class.forName(trace[0].getClassName(), false, maker.getClassLoader());
            return thrower.getModule() == maker.getModule() && origin(thrower).equals(origin(maker));
        } catch (ClassNotFoundException | LinkageError hidden) {
            return false;
        }
    }

    private static Optional<String> origin(Class<?> type) {
        CodeSource source = type.getProtectionDomain().getCodeSource();
        return Optional.ofNullable(source).map(CodeSource::getLocation).map(Object::toString);
    }
}
