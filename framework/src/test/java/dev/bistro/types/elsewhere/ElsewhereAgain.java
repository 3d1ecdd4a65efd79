package dev.bistro.types.elsewhere;

/** A class that sees it. */
public class ElsewhereAgain extends Elsewhere {
    @Override
    void inPackage() {}
}
