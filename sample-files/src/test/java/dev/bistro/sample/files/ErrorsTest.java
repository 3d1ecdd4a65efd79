package dev.bistro.sample.files;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.bistro.http.Method;
import dev.bistro.testing.TestClient;
import dev.bistro.testing.TestRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What goes wrong is told to people as a page, and to programs as a problem. */
class ErrorsTest {
    private static final String BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

    @TempDir
    Path root;

    private TestClient client;

    @BeforeEach
    void start() throws Exception {
        Files.writeString(root.resolve("a.txt"), "0123456789");
        client = TestClient.start(Sample.readOnly(root));
    }

    @AfterEach
    void stop() {
        client.close();
    }

    @ParameterizedTest
    @CsvSource({
        "GET,    /%2e%2e/etc/passwd,     403, Forbidden,             That path is not allowed",
        "GET,    /a%5c..%5cb,            403, Forbidden,             That path is not allowed",
        "GET,    /%3Cb%3Emissing%3C/b%3E, 404, Not Found,            There is no such file",
        "GET,    /.hidden,               404, Not Found,             There is no such file",
        "POST,   /a.txt,                 405, Method Not Allowed,    ",
        "PUT,    /b.txt,                 405, Method Not Allowed,    PUT is not allowed here",
        "DELETE, /a.txt,                 405, Method Not Allowed,    DELETE is not allowed here",
        "GET,    /?sort=%3Cb%3E,         400, Bad Request,           ",
    })
    void areTold(String method, String path, int status, String title, String detail) {
        checkBoth(
                client.request(Method.of(method), path),
                client.request(Method.of(method), path),
                status,
                title,
                detail);
    }

    @Test
    void tellsOfARangeThatIsNotThere() {
        checkBoth(
                client.get("/a.txt").header("Range", "bytes=10-"),
                client.get("/a.txt").header("Range", "bytes=10-"),
                416,
                "Range Not Satisfiable",
                null);
        client.get("/a.txt").header("Range", "bytes=10-").send().assertHeader("Content-Range", "bytes */10");
    }

    @Test
    void tellsOfAFailureWithoutItsCause() {
        Folder folder = mock(Folder.class);
        when(folder.find(any())).thenThrow(new IllegalStateException("secret cause"));
        try (TestClient failing = TestClient.start(Sample.readOnly(root).with(Folder.class, folder))) {
            checkBoth(failing.get("/a"), failing.get("/a"), 500, "Internal Server Error", null);
            failing.get("/a").send().assertContainsNot("secret");
            failing.get("/a").accept(BROWSER).send().assertContainsNot("secret");
        }
    }

    private static void checkBoth(TestRequest program, TestRequest person, int status, String title, String detail) {
        program.send()
                .assertStatus(status)
                .assertType("application/problem+json")
                .assertJson("/title", title);
        var page = person.accept(BROWSER).send();
        page.assertStatus(status)
                .assertType("text/html;charset=utf-8")
                .assertContains("<h1>" + status + " " + title + "</h1>")
                .assertContainsNot("<b>");
        if (detail != null) {
            program.send().assertProblem(status, detail);
            page.assertContains(detail);
        }
    }
}
