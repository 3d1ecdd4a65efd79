package dev.bistro.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bistro.http.Method;
import dev.bistro.testing.TestClient;
import dev.bistro.testing.TestRequest;
import dev.bistro.testing.TestResponse;
import dev.bistro.testing.TestStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A command of curl, and what it prints: with {@code -i} a status line, header fields that have to be among those of
 * the answer, and the body; otherwise the body. {@code …} stands for whatever is there. With {@code -N} it is the
 * beginning of an answer that goes on for ever.
 */
record ConsoleExample(String command, String printed) {
    private static final Pattern WORD = Pattern.compile("'([^']*)'|\"([^\"]*)\"|(\\S+)");

    /** The examples of a block, each of which begins with {@code $ curl}. */
    static List<ConsoleExample> of(String block) {
        var examples = new ArrayList<ConsoleExample>();
        for (String part : block.split("(?m)^\\$ ")) {
            if (!part.isBlank()) {
                String[] lines = part.split("\n", 2);
                examples.add(new ConsoleExample(lines[0].strip(), lines.length > 1 ? lines[1].strip() : ""));
            }
        }
        return examples;
    }

    /**
     * Sends it, and compares.
     *
     * @param browser keeps cookies, as {@code -c jar -b jar} does
     */
    void check(TestClient client, TestClient browser) {
        var words = new ArrayDeque<>(words());
        assertEquals("curl", words.poll(), command);
        var request = new Curl();
        while (!words.isEmpty()) {
            request.take(words);
        }
        TestClient sender = request.keepsCookies ? browser : client;
        if (request.isStream) {
            checkStream(request.request(sender));
            return;
        }
        TestResponse response = request.request(sender).send();
        if (request.showsHead) {
            checkWhole(response);
        } else {
            checkBody(printed, response);
        }
    }

    private List<String> words() {
        var words = new ArrayList<String>();
        Matcher matcher = WORD.matcher(command);
        while (matcher.find()) {
            words.add(matcher.group().replaceAll("^['\"]|['\"]$", ""));
        }
        return words;
    }

    private void checkWhole(TestResponse response) {
        String[] parts = printed.split("\n\n", 2);
        List<String> head = parts[0].lines().toList();
        String statusLine = head.get(0);
        assertTrue(
                statusLine.startsWith("HTTP/1.1 " + response.status().code() + " "), () -> command + "\n" + response);
        for (String field : head.subList(1, head.size())) {
            String[] pair = field.split(": ", 2);
            assertTrue(
                    response.headers().all(pair[0]).stream().anyMatch(value -> matches(pair[1], value)),
                    () -> command + "\nhas no " + field + "\n" + response);
        }
        checkBody(parts.length > 1 ? parts[1] : "", response);
    }

    /** What comes first has to be what is printed; then the client goes away. */
    private void checkStream(TestRequest request) {
        try (TestStream stream = request.stream()) {
            for (String line : printed.lines().toList()) {
                String came = stream.nextLine();
                assertTrue(matches(line, came), () -> command + "\nis said to print\n" + line + "\nbut\n" + came);
            }
        }
    }

    private void checkBody(String expected, TestResponse response) {
        assertTrue(
                matches(expected, response.text().strip()),
                () -> command + "\nis said to print\n" + expected + "\nbut\n" + response);
    }

    private static boolean matches(String expected, String actual) {
        var pattern = new StringBuilder();
        for (String literal : expected.split("…", -1)) {
            pattern.append(pattern.isEmpty() ? "" : ".*?").append(Pattern.quote(literal));
        }
        return Pattern.compile(pattern.toString(), Pattern.DOTALL)
                .matcher(actual)
                .matches();
    }

    /** What the options of a command say. */
    private static final class Curl {
        private boolean showsHead;
        private boolean isStream;
        private boolean keepsCookies;
        private String method = "";
        private String target = "";
        private final List<String> headers = new ArrayList<>();
        private final List<String> data = new ArrayList<>();
        private final List<String> fields = new ArrayList<>();

        void take(Deque<String> words) {
            String word = words.poll();
            switch (word) {
                case "-i" -> showsHead = true;
                case "-N" -> isStream = true;
                case "-I" -> {
                    showsHead = true;
                    method = "HEAD";
                }
                case "-X" -> method = words.poll();
                case "-H" -> headers.add(words.poll());
                case "-b" -> takeCookies(words.poll());
                case "-c" -> takeCookies(words.poll());
                case "-u" ->
                    headers.add("Authorization: Basic "
                            + Base64.getEncoder().encodeToString(words.poll().getBytes(StandardCharsets.UTF_8)));
                case "-d", "--data-binary" -> data.add(words.poll());
                case "-F" -> fields.add(words.poll());
                default -> {
                    assertTrue(word.startsWith("http://localhost:8080/"), word + " is not understood");
                    URI uri = URI.create(word);
                    target = uri.getRawPath() + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery());
                }
            }
        }

        /** Cookies, or the name of a file for them. */
        private void takeCookies(String value) {
            if (value.contains("=")) {
                headers.add("Cookie: " + value);
            } else {
                keepsCookies = true;
            }
        }

        TestRequest request(TestClient client) {
            boolean hasBody = !data.isEmpty() || !fields.isEmpty();
            String verb = method.isEmpty() ? hasBody ? "POST" : "GET" : method;
            TestRequest request = client.request(Method.of(verb), target);
            String type = "application/x-www-form-urlencoded";
            for (String header : headers) {
                String[] pair = header.split(": *", 2);
                if (pair[0].equalsIgnoreCase("Content-Type")) {
                    type = pair[1];
                } else {
                    request = request.header(pair[0], pair[1]);
                }
            }
            if (headers.stream().noneMatch(header -> header.toLowerCase().startsWith("accept:"))) {
                request = request.header("Accept", "*/*");
            }
            for (String field : fields) {
                String[] pair = field.split("=", 2);
                request = pair[1].startsWith("@")
                        ? request.file(
                                pair[0], pair[1].substring(1), "application/octet-stream", "content of " + pair[1])
                        : request.form(pair[0], pair[1]);
            }
            return data.isEmpty()
                    ? request
                    : request.body(type, String.join("&", data).getBytes(StandardCharsets.UTF_8));
        }
    }
}
