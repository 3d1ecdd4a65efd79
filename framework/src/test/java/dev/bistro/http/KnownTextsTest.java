package dev.bistro.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class KnownTextsTest {
    private final List<String> read = new ArrayList<>();
    private final KnownTexts<String> texts = new KnownTexts<>(text -> {
        read.add(text);
        if (text.isEmpty()) {
            throw new IllegalArgumentException("empty");
        }
        return text.toUpperCase();
    });

    @Test
    void readsATextOnce() {
        assertEquals("A", texts.read("a"));
        assertEquals("A", texts.read(new String("a")));
        assertEquals(List.of("a"), read);
    }

    @Test
    void tellsTextsOfTheSameHashApart() {
        assertEquals("AA", texts.read("Aa"));
        assertEquals("BB", texts.read("BB"));
        assertEquals("AA", texts.read("Aa"));
        assertEquals(List.of("Aa", "BB", "Aa"), read);
    }

    @Test
    void keepsNoLongTexts() {
        String longText = "a".repeat(257);
        texts.read(longText);
        texts.read(longText);
        assertEquals(2, read.size());
    }

    @Test
    void keepsNoFaults() {
        assertThrows(IllegalArgumentException.class, () -> texts.read(""));
        assertThrows(IllegalArgumentException.class, () -> texts.read(""));
    }

    @Test
    void meansTheSameHoweverManyCome() {
        for (int i = 0; i < 2; i++) {
            for (int quality = 0; quality < 1_000; quality++) {
                String text = String.format("text/x%d;q=0.%03d, gzip;q=0.%03d", quality, quality, quality);
                assertEquals(quality, Accept.parse(text).quality(MediaType.of("text", "x" + quality)));
                assertEquals(quality, AcceptEncoding.parse(text).quality("gzip"));
                assertEquals("x" + quality, MediaType.parse("text/X" + quality).subtype());
            }
        }
    }
}
