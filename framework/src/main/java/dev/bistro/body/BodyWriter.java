package dev.bistro.body;

/** Writes values of one type as bodies. */
@FunctionalInterface
public interface BodyWriter {
    /** Writes a value. */
    byte[] write(Object value);
}
