package dev.bistro.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bistro.Server;
import dev.bistro.tls.TestAuthority;
import dev.bistro.wire.Command;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What {@code testssl} finds: protocols, suites, certificates, header fields, and known vulnerabilities. */
@Timeout(300)
class TestSslTest {
    private static final Set<String> SEVERE = Set.of("MEDIUM", "HIGH", "CRITICAL");

    /** Findings of severity MEDIUM or above that are as they should be, by their ids, with the reason. */
    private static final Map<String, String> EXPECTED =
            Map.of("cert_revocation", "an authority of a test publishes nothing about revoked certificates");

    private static final int DAYS = 90; // of the validity of the certificate; 60 would be a finding

    @TempDir
    static Path folder;

    /** What was found, and what was printed of it. */
    private record Findings(List<JsonNode> all, String printed) {}

    private static Findings run(Server server, TestAuthority root, String... checks) {
        Path report = folder.resolve("report" + checks[0] + ".json");
        Command.Output output = Command.of("testssl", "--quiet", "--warnings", "off", "--color", "0", "--fast")
                .with("--nodns", "none", "--ip", "127.0.0.1")
                .with("--add-ca", root.own().file().toString())
                .with(checks)
                .with("--jsonfile", report.toString(), "https://localhost:" + server.port() + "/")
                .within(Duration.ofSeconds(240))
                .run();
        return new Findings(
                JsonMapper.shared().readTree(report.toFile()).valueStream().toList(), output.out());
    }

    @Test
    void findsNothingThatMatters() throws IOException {
        TestAuthority root = TestAuthority.create(folder);
        try (Server server = TlsApplication.with(root.server(TestAuthority.Key.EC, DAYS, "localhost", "127.0.0.1"))
                .set("server.tls.hsts", "365d")
                .start()) {
            // All in one run: what each begins with is a quarter of its work.
            Findings findings = run(
                    server, root, "--protocols", "--standard", "--fs", "--server-defaults", "--header", "--vulnerable");
            Map<String, String> found = new TreeMap<>();
            Set<String> checked = new TreeSet<>();
            Set<String> expected = new TreeSet<>();
            for (JsonNode finding : findings.all) {
                String id = finding.get("id").asString();
                checked.add(id);
                boolean isSevere = SEVERE.contains(finding.get("severity").asString());
                if (isSevere && EXPECTED.containsKey(id)) {
                    expected.add(id);
                } else if (isSevere) {
                    found.put(
                            id,
                            finding.get("severity").asString() + ": "
                                    + finding.get("finding").asString());
                }
            }
            assertEquals(Map.of(), found, findings.printed);
            assertEquals(EXPECTED.keySet(), expected, "what isn't found any more needs no reason");
            assertEquals(List.of(), missing(checked), findings.printed);
            assertTrue(server.statistics().failedConnections() == 0);
        }
    }

    private static List<String> missing(Set<String> checked) {
        var missing = new ArrayList<>(List.of("TLS1_3", "TLS1_1"));
        missing.removeAll(checked);
        return missing;
    }
}
