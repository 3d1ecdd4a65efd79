package dev.bistro.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.when;

import dev.bistro.Server;
import dev.bistro.annotation.Get;
import dev.bistro.annotation.Route;
import dev.bistro.config.Settings;
import dev.bistro.http.NotFoundException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.mockito.Mock;

/** The extension, as a user has it. */
@BistroTest(
        value = BistroTestTest.class,
        classes = {BistroTestTest.Greetings.class, BistroTestTest.Counter.class},
        settings = {"greeting.word=Hello", "greeting.mark=a=b"})
class BistroTestTest {
    interface Names {
        Optional<String> find(int id);
    }

    @Singleton
    static class Counter {
        int requests;
    }

    @Route("/greetings")
    static class Greetings {
        private final Names names;
        private final Counter counter;
        private final Settings settings;

        @Inject
        Greetings(Names names, Counter counter, Settings settings) {
            this.names = names;
            this.counter = counter;
            this.settings = settings;
        }

        @Get("/{id}")
        String greet(int id) {
            counter.requests++;
            return word() + " " + names.find(id).orElseThrow(() -> new NotFoundException("Nobody has that number"));
        }

        private String word() {
            return settings.find("greeting.word").orElseThrow().value();
        }
    }

    @Mock
    Names names;

    @Inject
    TestClient client;

    @Inject
    Counter counter;

    @Test
    void putsMocksIntoTheApplication() {
        int before = counter.requests;
        when(names.find(7)).thenReturn(Optional.of("Ada"));
        client.get("/greetings/7").send().assertStatus(200).assertText("Hello Ada");
        client.get("/greetings/8").send().assertProblem(404, "Nobody has that number");
        assertEquals(before + 2, counter.requests);
    }

    @RepeatedTest(2)
    void resetsThemAfterEachTest() {
        verifyNoInteractions(names);
        client.get("/greetings/7").send().assertStatus(404);
    }

    @Test
    void givesWhatParametersAskFor(TestClient same, Server server, URI address, Counter counted, TestInfo info) {
        assertSame(client, same);
        assertSame(server, client.server());
        assertEquals(server.uri(), address);
        assertSame(counter, counted);
        assertEquals(server, same.server());
        assertEquals("BistroTestTest", info.getTestClass().orElseThrow().getSimpleName());
    }

    @Nested
    class InsideAnother {
        @Inject
        TestClient inner;

        @Test
        void sharesTheApplication() {
            assertSame(client, inner);
            when(names.find(1)).thenReturn(Optional.of("Bob"));
            inner.get("/greetings/1").send().assertText("Hello Bob");
        }
    }
}
