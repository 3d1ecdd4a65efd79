package dev.bistro.sample.files;

import dev.bistro.testing.BistroTest;
import dev.bistro.testing.TestClient;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

/** The sample as it is where nothing is set: the working directory, for reading. */
@BistroTest(FilesApplication.class)
class DefaultsTest {
    @Inject
    TestClient client;

    @Test
    void sharesTheWorkingDirectory() {
        client.get("/pom.xml").send().assertStatus(200).assertContains("<artifactId>bistro-sample-files</artifactId>");
        client.get("/").accept("text/plain").send().assertContains("pom.xml\n").assertContains("src/\n");
    }

    @Test
    void changesNothing() {
        client.put("/new.txt")
                .text("text/plain", "new")
                .send()
                .assertProblem(405, "PUT is not allowed here")
                .assertHeader("Allow", "GET, HEAD, OPTIONS");
        client.get("/new.txt").send().assertProblem(404, "There is no such file");
    }
}
