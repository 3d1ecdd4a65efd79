package dev.bistro.sample.files;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ListingPageTest {
    @ParameterizedTest
    @CsvSource({
        "0,                   0 B",
        "1023,                1023 B",
        "1024,                1.0 KiB",
        "1536,                1.5 KiB",
        "1048576,             1.0 MiB",
        "5368709120,          5.0 GiB",
        "9223372036854775807, 8.0 EiB",
    })
    void showsSizes(long bytes, String shown) {
        assertEquals(shown, ListingPage.size(bytes));
    }

    @ParameterizedTest
    @CsvSource({
        "a.JPG,      IMAGE",
        "a.tar.gz,   ARCHIVE",
        "song.flac,  AUDIO",
        "film.webm,  VIDEO",
        "paper.pdf,  DOCUMENT",
        "Main.java,  CODE",
        "notes.txt,  TEXT",
        "README,     OTHER",
        "no.ending-, OTHER",
    })
    void knowsKindsByTheirNames(String name, Kind kind) {
        assertEquals(kind, Kind.of(new Entry(name, false, 1, Instant.EPOCH)));
    }

    @Test
    void aFolderIsAFolderWhateverItsName() {
        assertEquals(Kind.FOLDER, Kind.of(new Entry("a.jpg", true, 0, Instant.EPOCH)));
    }
}
