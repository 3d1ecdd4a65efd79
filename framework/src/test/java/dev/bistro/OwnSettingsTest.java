package dev.bistro;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
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
    private final ConfigRecords records = new ConfigRecords(OwnSettings.TYPES, OwnSettings.MAKERS, List.of(), problems);

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

    /** With another value for each of the settings that would be told apart by nothing else. */
    @Test
    void makesRecordsAsReflectionWould() {
        List<String> distinct = List.of(
                "--server.head-timeout=11s",
                "--server.body-timeout=12s",
                "--server.write-timeout=13s",
                "--server.queue-timeout=14s",
                "--server.idle-timeout=15s",
                "--server.pending-timeout=16s",
                "--server.stuck-after=17s",
                "--server.stop-timeout=18s",
                "--server.drain-delay=2s",
                "--server.port=8001",
                "--server.loops=2",
                "--server.max-connections=3",
                "--server.max-connections-per-address=4",
                "--server.max-concurrent-requests=5",
                "--server.max-form-parts=6",
                "--server.max-buffered-size=21KiB",
                "--server.max-body-size=22KiB",
                "--server.max-form-size=23KiB",
                "--server.max-file-size=24KiB",
                "--server.upload-memory-size=25KiB",
                "--server.max-head-size=26KiB",
                "--server.compression-min-size=27KiB",
                "--server.unix-permissions=rw-------",
                "--server.proxy.trusted=10.0.0.1",
                "--server.proxy.protocol=true",
                "--server.websocket.max-frame-size=31KiB",
                "--server.websocket.max-message-size=32KiB",
                "--server.websocket.queue-size=33KiB",
                "--server.websocket.context-takeover=true",
                "--server.tls.development=true",
                "--server.tls.handshake-timeout=19s",
                "--server.tls.max-handshakes=7");
        Settings set = new Settings.Builder(problems).addArguments(distinct).build();
        var byReflection = new ConfigRecords(OwnSettings.TYPES, Map.of(), List.of(), problems);
        ServerSettings server = records.read(ServerSettings.class, set).orElseThrow();
        assertEquals(byReflection.read(ServerSettings.class, set).orElseThrow(), server);
        assertEquals(8001, server.port());
    }

    /** A fault of ours, and none of the settings. */
    @Test
    void noRecordIsMadeWithoutAComponent() {
        var maker = OwnSettings.MAKERS.get(ServerProxySettings.class);
        assertThrows(AssertionError.class, () -> maker.apply(Map.of("trusted", List.of())));
    }
}
