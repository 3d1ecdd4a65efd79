package dev.bistro.assets;

import static dev.bistro.startup.Golden.assertGolden;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bistro.annotation.StaticFiles;
import dev.bistro.annotation.StaticFiles.Cache;
import dev.bistro.startup.Problems;
import java.util.List;
import org.junit.jupiter.api.Test;

class StaticFoldersTest {
    private final Problems problems = new Problems();

    private void assertFaults(String golden, Class<?> application) {
        assertEquals(List.of(), StaticFolders.read(application, problems));
        assertGolden(golden, problems);
    }

    @StaticFiles(
            path = "/",
            from = "src/test/resources/static/site",
            cache = @Cache(files = "*.css", value = "no-store"))
    @StaticFiles(path = "/assets/", from = "classpath:/static/site", fallback = "index.html")
    private static final class Site {}

    @Test
    void readsThem() {
        assertEquals(
                List.of("", "/assets"),
                StaticFolders.read(Site.class, problems).stream()
                        .map(StaticFolder::path)
                        .toList());
        assertEquals(List.of(), problems.found());
        assertEquals(List.of(), StaticFolders.read(StaticFoldersTest.class, problems));
    }

    @StaticFiles(path = "/assets", from = "no/such/directory")
    @StaticFiles(path = "/public", from = "classpath:/no-such-folder")
    @StaticFiles(from = "src/test/resources/public-api.txt")
    private static final class Missing {}

    @Test
    void reportsFoldersThatAreMissing() {
        assertFaults("missing-static-files", Missing.class);
    }

    @StaticFiles(from = "classpath:/")
    @StaticFiles(path = "/up", from = "classpath:/static/../..")
    private static final class Everything {}

    @Test
    void refusesToGiveTheClassPathAway() {
        assertFaults("static-files-whole-class-path", Everything.class);
    }

    @StaticFiles(path = "assets", from = "classpath:/static/site")
    @StaticFiles(path = "/{tenant}", from = "classpath:/static/site")
    private static final class Paths {}

    @Test
    void reportsPathsThatAreNone() {
        assertFaults("bad-static-path", Paths.class);
    }

    @StaticFiles(from = "classpath:/static/site", fallback = "app.html")
    private static final class Fallback {}

    @Test
    void reportsAFallbackThatIsMissing() {
        assertFaults("missing-fallback", Fallback.class);
    }

    @StaticFiles(
            from = "classpath:/static/site",
            cacheControl = "no-cache\r\nSet-Cookie: a=b",
            cache = {
                @Cache(files = "*.{js,css", value = "max-age=60"),
                @Cache(files = "*.html", value = "max-age=60\n"),
            })
    private static final class Rules {}

    @Test
    void reportsRulesThatAreNone() {
        assertFaults("bad-cache-rule", Rules.class);
    }
}
