package dev.bistro.types.elsewhere;

/** A class that lets others see it. */
public class MadePublic extends Elsewhere {
    @Override
    public void inPackage() {}
}
