package dev.bistro;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bistro.config.ConfigRecords;
import dev.bistro.config.Settings;
import dev.bistro.startup.Problems;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Records of which nothing is set are taken as they are written, without looking at their annotations. */
class OwnSettingsTest {
    private final Problems problems = new Problems();
    private final ConfigRecords records = new ConfigRecords(OwnSettings.TYPES, List.of(), problems);

    @Test
    void hasTheDefaultsThatTheAnnotationsSay() {
        Settings none = new Settings.Builder(problems).build();
        OwnSettings own = OwnSettings.read(records, none);
        List<Optional<?>> taken = List.of(
                own.server(),
                own.bistro(),
                own.security(),
                own.session(),
                own.json(),
                own.validation(),
                own.openApi(),
                own.metrics(),
                own.health(),
                own.management(),
                own.database(),
                own.feeds(),
                own.limits(),
                own.redis());
        for (int i = 0; i < taken.size(); i++) {
            assertEquals(records.read(OwnSettings.TYPES.get(i), none), taken.get(i));
        }
        assertTrue(problems.isEmpty());
    }

    /** By a file or an argument, and by the environment. */
    @Test
    void readsThoseOfWhichAnythingIsSet() {
        Settings set = new Settings.Builder(problems)
                .addEnvironment(Map.of("SESSION_COOKIE", "guest", "REDIS_URL_FILE", "nowhere"))
                .addArguments(List.of("--security.login.max-failures=3"))
                .build();
        OwnSettings own = OwnSettings.read(records, set);
        assertEquals("guest", own.session().orElseThrow().cookie());
        assertEquals(3, own.security().orElseThrow().login().maxFailures());
        assertEquals(1, problems.found().size(), "the file with the address of Redis isn't there");
    }
}
