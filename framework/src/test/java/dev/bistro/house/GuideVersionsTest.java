package dev.bistro.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds the versions that the guide tells people to write to those that Bistro itself is built and tested with. */
class GuideVersionsTest {
    private static final Pattern ARTIFACT = Pattern.compile(
            "(?:<groupId>([^<]+)</groupId>\\s*)?<artifactId>([^<]+)</artifactId>\\s*<version>([^<]+)</version>");
    private static final Pattern PROPERTY = Pattern.compile("<([a-z0-9.]+\\.version)>([^<]+)</");
    private static final String PLUGINS = "org.apache.maven.plugins";

    private record Artifact(String group, String name, String version) {}

    @Test
    void areThoseOfTheBuild() throws IOException {
        String build = Files.readString(Path.of("..", "pom.xml"));
        Map<String, String> versions = versions(build);
        List<String> others = new ArrayList<>();
        int compared = 0;
        for (Path page : pages()) {
            for (Artifact artifact : artifacts(Files.readString(page))) {
                String known =
                        versions.getOrDefault(artifact.group() + ":" + artifact.name(), versions.get(artifact.group()));
                if (known == null) {
                    continue; // the service's own name
                }
                compared++;
                if (!known.equals(artifact.version())) {
                    others.add(page.getFileName() + ": " + artifact + ", but the build has " + known);
                }
            }
        }
        assertEquals(List.of(), others);
        assertFalse(compared < 9, "only " + compared + " were found");
    }

    private static List<Path> pages() throws IOException {
        try (Stream<Path> guide = Files.list(Path.of("guide"))) {
            return guide.filter(file -> file.toString().endsWith(".md"))
                    .sorted()
                    .toList();
        }
    }

    /** By group and name, and for siblings that the build doesn't use itself by group alone, except for plugins. */
    private static Map<String, String> versions(String build) {
        Map<String, String> properties = new HashMap<>();
        PROPERTY.matcher(build).results().forEach(found -> properties.put("${" + found.group(1) + "}", found.group(2)));
        List<Artifact> artifacts = artifacts(build);
        String own = artifacts.stream()
                .filter(artifact -> artifact.name().equals("bistro-parent"))
                .findFirst()
                .orElseThrow()
                .version();
        properties.put("${project.version}", own);
        Map<String, String> versions = new HashMap<>();
        for (Artifact artifact : artifacts) {
            String version = properties.getOrDefault(artifact.version(), artifact.version());
            versions.put(artifact.group() + ":" + artifact.name(), version);
            if (!artifact.group().equals(PLUGINS)) {
                versions.put(artifact.group(), version);
            }
        }
        return versions;
    }

    private static List<Artifact> artifacts(String text) {
        return ARTIFACT.matcher(text)
                .results()
                .map(found ->
                        new Artifact(found.group(1) == null ? PLUGINS : found.group(1), found.group(2), found.group(3)))
                .toList();
    }
}
