package dev.bistro.testing;

import dev.bistro.RouteInfo;
import dev.bistro.http.Headers;
import dev.bistro.http.Method;
import dev.bistro.http.Status;
import dev.bistro.testing.MannersReport.Finding;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Checks each rule with one path. */
final class PathManners {
    private static final Method OTHER = Method.of("BREW");
    private static final String NOBODYS_TYPE = "application/x-nobody-has-this";
    private static final String MARKUP = "\"'><script>alert(1)</script>";
    private static final String ENCODED_MARKUP = "%22%27%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E";
    private static final Set<String> OF_THE_MOMENT =
            Set.of("date", "x-request-id", "set-cookie", "content-length", "transfer-encoding");

    private final TestClient client;
    private final Optional<DocumentedAnswers> documented;
    private final String template;
    private final PathExamples examples;
    private final String path;
    private final Set<String> methods;
    private final EnumMap<Manner, Finding> findings = new EnumMap<>(Manner.class);

    /** @param documented what all answers are held against; empty if they aren't held against the OpenAPI document */
    PathManners(TestClient client, String template, PathExamples examples, Optional<DocumentedAnswers> documented) {
        this.client = documented.map(client::withOpenApi).orElse(client);
        this.documented = documented;
        this.template = template;
        this.examples = examples;
        this.path = examples.of(template);
        this.methods = client.server().routes().stream()
                .filter(route -> route.path().equals(template))
                .map(RouteInfo::method)
                .map(Method::name)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    EnumMap<Manner, Finding> check() {
        boolean readable = methods.contains("GET");
        boolean writable = methods.contains("POST") || methods.contains("PUT") || methods.contains("PATCH");
        ask(Manner.HEAD, readable, this::head);
        ask(Manner.OPTIONS, !methods.contains("OPTIONS"), this::options);
        ask(Manner.METHOD_NOT_ALLOWED, true, this::methodNotAllowed);
        ask(Manner.NOT_ACCEPTABLE, readable, this::notAcceptable);
        ask(Manner.UNSUPPORTED_MEDIA_TYPE, writable, this::unsupportedMediaType);
        ask(Manner.VARY, readable, this::vary);
        ask(Manner.PROBLEMS, true, this::problems);
        ask(Manner.ESCAPING, readable, this::escaping);
        documented
                .filter(DocumentedAnswers::areChecked)
                .ifPresent(answers -> findings.put(Manner.OPENAPI, new Finding(answers.faults())));
        return findings;
    }

    private void ask(Manner manner, boolean applies, Runnable question) {
        if (applies) {
            try {
                question.run();
                findings.put(manner, Finding.GOOD);
            } catch (AssertionError fault) {
                findings.put(manner, new Finding(fault.getMessage()));
            }
        }
    }

    private void head() {
        TestResponse get = client.get(path).send();
        TestResponse head = client.head(path).send();
        head.assertStatus(get.status().code()).assertEmpty();
        Headers headers = get.headers();
        for (int i = 0; i < headers.size(); i++) {
            String name = headers.name(i);
            if (!OF_THE_MOMENT.contains(name.toLowerCase(Locale.ROOT))) {
                head.assertThat(
                        head.headers().all(name).equals(headers.all(name)),
                        "Expected of HEAD what GET has, " + name + ": " + headers.all(name) + ", but was "
                                + head.headers().all(name));
            }
        }
    }

    private void options() {
        TestResponse options = client.options(path).send();
        options.assertThat(options.status().code() < 300, "Expected OPTIONS to be answered");
        methods.forEach(method -> options.assertHeaderHas("Allow", method));
    }

    private void methodNotAllowed() {
        TestResponse response = client.request(OTHER, path).send();
        response.assertProblem(405);
        methods.forEach(method -> response.assertHeaderHas("Allow", method));
    }

    private void notAcceptable() {
        TestResponse response = client.get(path).accept(NOBODYS_TYPE).send();
        response.assertThat(response.status().code() < 500, "Expected 406, or an answer that passes Accept over");
        if (response.status().equals(Status.NOT_ACCEPTABLE)) {
            response.assertHeaderHas("Vary", "Accept");
        }
    }

    private void unsupportedMediaType() {
        for (String name : List.of("POST", "PUT", "PATCH")) {
            if (methods.contains(name)) {
                TestResponse response = client.request(Method.of(name), path)
                        .text(NOBODYS_TYPE, "?")
                        .send();
                response.assertThat(response.status().code() < 500, "Expected 415, or a handler that takes any body");
            }
        }
    }

    private void vary() {
        TestResponse page = client.get(path).accept("text/html").send();
        TestResponse data = client.get(path).accept("application/json").send();
        if (!page.header("Content-Type").equals(data.header("Content-Type"))) {
            page.assertHeaderHas("Vary", "Accept");
            data.assertHeaderHas("Vary", "Accept");
        }
    }

    private void problems() {
        client.request(OTHER, path).accept("application/json").send().assertProblem(405);
        client.request(OTHER, path).accept("text/html").send().assertStatus(405).assertType("text/html");
    }

    private void escaping() {
        assertEscaped(client.get(path)
                .query("q", MARKUP)
                .query(MARKUP, "q")
                .accept("text/html")
                .send());
        String marked = examples.with(template, ENCODED_MARKUP);
        if (marked != null) {
            assertEscaped(client.get(marked).accept("text/html").send());
        }
    }

    private static void assertEscaped(TestResponse response) {
        if (response.header("Content-Type").orElse("").startsWith("text/html")) {
            response.assertContainsNot("<script>alert(1)</script>");
        }
    }
}
