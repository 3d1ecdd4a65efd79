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
 * Whose fault it is that code which makes a value of what a client sent (a converter, a static {@code parse}, a
 * constructor, a codec) has thrown something. The one place where that is decided; the reasons are in the decision
 * record {@code client-faults.md}. For Bistro's own rooms.
 *
 * <pre>{@code
 * ClientFault.is(new NumberFormatException("x"));          // true: the text was wrong
 * ClientFault.is(new NullPointerException());              // false: the code was
 * ClientFault.message(fault, Range.class);                 // "the end is before the start", if Range's constructor has said so
 * }</pre>
 */
public final class ClientFault {
    /** What the JDK throws, and its users throw, of a value that isn't as it has to be. */
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

    /** What of the many failures of input and output is about the bytes, and not about where they come from. */
    private static final List<Class<? extends IOException>> OF_BYTES = List.of(
            EOFException.class,
            CharacterCodingException.class,
            UTFDataFormatException.class,
            MalformedURLException.class,
            ZipException.class);

    private ClientFault() {}

    /**
     * Whether the value is to blame. An {@link dev.bistro.http.HttpException} isn't for this to judge: it says its
     * status itself.
     *
     * @param thrown by code that makes a value of what the client sent
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
     * What the client may be told of it: the text of an {@link IllegalArgumentException} that a class of the
     * application's has thrown itself. Any other text (of the JDK, of a library) was written for programmers, and may
     * say what is nobody's business.
     *
     * @param maker a class of the application's: other classes are that too if they come from the same module or jar
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
