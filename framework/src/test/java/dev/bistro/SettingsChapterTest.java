package dev.bistro;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bistro.config.ConfigRecords;
import dev.bistro.config.SettingDescription;
import dev.bistro.startup.Problems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The guide says of the server's settings what the code says. */
class SettingsChapterTest {
    @Test
    void hasEachSettingOfOurs() throws IOException {
        var problems = new Problems();
        List<String> rows = new ConfigRecords(
                        List.of(
                                ServerSettings.class,
                                BistroSettings.class,
                                SessionSettings.class,
                                SecuritySettings.class,
                                MetricsSettings.class,
                                OpenApiSettings.class,
                                HealthSettings.class,
                                ManagementSettings.class,
                                DatabaseSettings.class,
                                FeedsSettings.class,
                                RedisSettings.class),
                        problems)
                .describe().stream()
                        .flatMap(section -> section.settings().stream())
                        .map(SettingsChapterTest::row)
                        .toList();
        List<String> written = Files.readAllLines(Path.of("guide/settings.md")).stream()
                .filter(line -> line.matches("\\| `(server|bistro|session|security|metrics|openapi|health|management|"
                        + "database|feeds|redis)\\..*"))
                .toList();
        assertEquals(String.join("\n", rows), String.join("\n", written));
        assertEquals(List.of(), problems.found());
    }

    private static String row(SettingDescription setting) {
        String usual = setting.defaultText().map(text -> "`" + text + "`").orElse("none");
        return "| `" + setting.key() + "` | " + usual + " | " + setting.description() + " |";
    }
}
