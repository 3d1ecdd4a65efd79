package dev.bistro.types.elsewhere;

/** A class of another package, with a method that is seen in this one only. */
public class Elsewhere {
    void inPackage() {}

    protected void inherited() {}
}
