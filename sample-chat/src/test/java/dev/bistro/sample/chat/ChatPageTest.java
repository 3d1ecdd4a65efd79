package dev.bistro.sample.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bistro.testing.BistroTest;
import dev.bistro.testing.TestClient;
import dev.bistro.testing.TestResponse;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page for people, and what belongs to it. */
@BistroTest(ChatApplication.class)
class ChatPageTest {
    private static final Pattern OWN_FILE = Pattern.compile("(?:src|href)=\"(/assets/[^\"]+)\"");

    @Test
    void allowsNothingButItsOwnFiles(TestClient client) {
        TestResponse page = client.get("/")
                .accept("text/html")
                .send()
                .assertStatus(200)
                .assertHeader("Content-Type", "text/html;charset=utf-8")
                .assertContainsNot("://");
        String policy = page.header("Content-Security-Policy").orElseThrow();
        page.assertThat(policy.startsWith("default-src 'none';") && !policy.contains("unsafe"), "A strict policy");
    }

    @Test
    void hasAllThatBelongsToIt(TestClient client) {
        List<String> files = OWN_FILE.matcher(
                        client.get("/").accept("text/html").send().text())
                .results()
                .map(file -> file.group(1))
                .toList();
        assertEquals(3, files.size());
        files.forEach(file -> client.get(file).send().assertStatus(200).assertContainsNot("innerHTML"));
    }
}
