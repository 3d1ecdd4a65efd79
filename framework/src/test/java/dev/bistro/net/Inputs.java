package dev.bistro.net;

import java.nio.charset.StandardCharsets;

/** Inputs for tests of classes that read from them. */
public final class Inputs {
    private Inputs() {}

    public static Input of(String bytes) {
        var input = new Input(bytes.length());
        input.load(bytes.getBytes(StandardCharsets.ISO_8859_1));
        return input;
    }

    public static String rest(Input input) {
        return new String(input.array(), input.position(), input.remaining(), StandardCharsets.ISO_8859_1);
    }
}
