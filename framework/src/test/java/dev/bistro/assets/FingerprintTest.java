package dev.bistro.assets;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FingerprintTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "app.3f9a1c2b.js",
                "app-3F9a1c2b.css",
                "main.0123456789abcdef0123.js",
                "app.min-3f9a1c2b.js",
                "app.3f9a1c2b.js.map",
                "logo.3f9a1c2b.svg",
                "app-4IHT5PEG.js",
                "app-4IHT5PEG.css.map"
            })
    void seesThem(String name) {
        assertTrue(Fingerprint.isIn(name));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "app.js",
                "3f9a1c2b.js",
                "app.3f9a1c2.js",
                "report-20261231.pdf",
                "house-deadbeef.jpg",
                "jquery-migrate.js",
                "app.3f9a1c2b",
                "app.3f9a1c2b.tar.gz.sig",
                "app_3f9a1c2b.js",
                "DATA-VERSION2.csv",
                "app-DATETIME.js"
            })
    void seesNoneWhereThereIsNone(String name) {
        assertFalse(Fingerprint.isIn(name));
    }
}
