package dev.bistro.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EntityTagTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "7",
                "",
                "a b",
                "\"",
                "~gzip",
                "!csv",
                "a~b~gzip",
                "100%",
                "%41",
                "é😀",
                "2026-11-24T10:00:00Z",
                "\u0000\n"
            })
    void givesBackTheVersionThatItWasMadeOf(String version) {
        EntityTag tag = EntityTag.ofVersion(version);
        assertEquals(Optional.of(version), tag.version());
        assertEquals(Optional.of(version), tag.as("csv").coded("gzip").version());
        assertEquals(tag, EntityTag.parseList(tag.toString()).get(0));
    }

    @Test
    void isAnotherTagForAnotherCoding() {
        EntityTag tag = EntityTag.strong("v7");
        assertEquals("\"v7~gzip\"", tag.coded("gzip").toString());
        assertEquals(tag, tag.coded("gzip").uncoded());
        assertEquals(tag, tag.uncoded());
        assertEquals(Optional.of("gzip"), tag.as("csv").coded("gzip").coding());
        assertEquals(Optional.empty(), tag.as("csv").coding());
        assertEquals("\"v7!csv\"", tag.as("csv").toString());
        EntityTag weak = new EntityTag("v7", true);
        assertEquals(weak, weak.coded("gzip"));
    }

    @Test
    void hasNoVersionIfItIsNotEncoded() {
        assertEquals(Optional.empty(), EntityTag.strong("%zz").version());
        assertEquals(Optional.empty(), EntityTag.strong("%").version());
    }
}
